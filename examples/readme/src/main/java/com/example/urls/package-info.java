/** The plugin that the README shows. */
package com.example.urls;
