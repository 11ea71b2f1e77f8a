/**
 * Contract tests for authors of plugins and queues. Each class holds the tests of one contract; to apply them, extend it
 * in your own tests and say, in its abstract methods, how to get at what is tested and at what lies behind it.
 *
 * <p>Every test is named {@code required_…}. What a backend may lack without breaking the contract is asked for by a
 * method that answers {@code true} unless it is overridden; overriding it does not switch a test off but changes what it
 * expects. Say there why your backend differs.
 *
 * <pre>{@code
 * class MyDestinationTest extends StorageContract {
 *     @Override protected Storage storage() { return destination; }
 *     @Override protected Optional<byte[]> read(String name) { return server.get(name); }
 *     @Override protected Collection<String> contents() { return server.keysAndOpenUploads(); }
 * }
 * }</pre>
 *
 * <p>Expects JUnit Jupiter 6 with its engine on the class path.
 */
@NullMarked
package com.connylabs.ingest.tck;

import org.jspecify.annotations.NullMarked;
