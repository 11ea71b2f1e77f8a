/**
 * A local directory as source and destination, type {@code file}.
 *
 * <p>An object's name and its path below the directory are the same text: the segments between {@code /} are the
 * directories and the file's name, byte for byte (in UTF-8), whatever else they contain. A name that is no such path
 * ({@code a//b}, {@code ../x}, {@code /x}, {@code x/}, a NUL, a segment of more than 255 bytes, a segment {@code .ingest})
 * is refused with an error that says why. So is {@code a/b} where {@code a} is a file.
 *
 * <p>The directory {@code .ingest} below a destination holds the files that are being written; it goes when the
 * destination is closed. What is in a directory of this name is never listed.
 */
@NullMarked
package com.connylabs.ingest.file;

import org.jspecify.annotations.NullMarked;
