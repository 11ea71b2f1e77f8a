package com.connylabs.ingest.cli.plugins;

import java.util.ServiceConfigurationError;

/** Says in words why a plugin's code could not be run, and what to do about it. */
final class Causes {
    private Causes() {}

    static String of(Throwable error) {
        Throwable root = error;
        for (int i = 0; i < 20 && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage() + remedy(root);
    }

    private static String remedy(Throwable root) {
        if (root instanceof UnsupportedClassVersionError) {
            return "; build the plugin for Java " + Runtime.version().feature() + " or run a newer Java";
        }
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return "; a plugin's jars must hold all it needs but the JDK, the ingest API and SLF4J";
        }
        if (root instanceof ServiceConfigurationError) {
            return "; the class named there must be public, a Plugin, and have a public constructor without parameters";
        }
        if (root instanceof LinkageError) {
            return "; the plugin or a library in it was built for another version";
        }
        return "; ask the plugin's author";
    }
}
