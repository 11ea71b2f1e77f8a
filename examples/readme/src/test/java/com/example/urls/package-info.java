@NullMarked
package com.example.urls;

import org.jspecify.annotations.NullMarked;
