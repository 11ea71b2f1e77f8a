/** The files that an Atom feed links to, as a source: an example of a plugin. */
@NullMarked
package com.example.feed;

import org.jspecify.annotations.NullMarked;
