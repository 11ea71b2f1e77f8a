package com.connylabs.ingest.cli.plugins;

/**
 * Makes a class loader the thread's context class loader until it is closed. Libraries look there for their own parts;
 * a plugin's must look in the plugin.
 */
final class ContextLoader implements AutoCloseable {
    private final Thread thread;
    private final ClassLoader before;

    private ContextLoader(Thread thread, ClassLoader before) {
        this.thread = thread;
        this.before = before;
    }

    static ContextLoader use(ClassLoader loader) {
        Thread thread = Thread.currentThread();
        ContextLoader swap = new ContextLoader(thread, thread.getContextClassLoader());
        thread.setContextClassLoader(loader);
        return swap;
    }

    @Override
    public void close() {
        thread.setContextClassLoader(before);
    }
}
