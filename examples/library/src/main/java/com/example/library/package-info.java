/** The engine as a library: reports of a weather service, through a queue, into a table. */
@NullMarked
package com.example.library;

import org.jspecify.annotations.NullMarked;
