package com.connylabs.ingest.cli.plugins;

import com.connylabs.ingest.api.plugin.Plugin;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A plugin jar that is compiled during a test from sources given as text. */
public final class PluginJar {
    private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
    private static final Pattern TYPE = Pattern.compile("public (?:final )?class (\\w+)");
    private static final String SERVICE = "META-INF/services/" + Plugin.class.getName();

    private final List<String> sources = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private String provider = "";

    /** Adds a class; its file's name is taken from its text. */
    public PluginJar source(String text) {
        sources.add(text);
        return this;
    }

    /** Names the provider class. */
    public PluginJar provider(String className) {
        provider = className;
        return this;
    }

    /** Compiles a class but does not put it into the jar. */
    public PluginJar without(String className) {
        leftOut.add(className.replace('.', '/') + ".class");
        return this;
    }

    /** Writes the jar. */
    public Path write(Path jar) throws IOException {
        Path work = Files.createTempDirectory("plugin");
        Files.createDirectories(jar.toAbsolutePath().getParent());
        compile(work);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out);
                Stream<Path> files = Files.walk(work.resolve("classes"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = work.resolve("classes").relativize(file).toString();
                if (!leftOut.contains(name)) {
                    add(zip, name, Files.readAllBytes(file));
                }
            }
            if (!provider.isEmpty()) {
                add(zip, SERVICE, provider.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private void compile(Path work) throws IOException {
        Path classes = Files.createDirectory(work.resolve("classes"));
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            String name = match(PACKAGE, source).replace('.', '/') + "/" + match(TYPE, source) + ".java";
            Path file = work.resolve("sources").resolve(name);
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", apiClasses());
            boolean compiled = compiler.getTask(
                            errors, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IllegalArgumentException(errors.toString());
            }
        }
    }

    /** Where the API lies; nothing else of this project is compiled against. */
    private static String apiClasses() {
        return Path.of(Plugin.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
    }

    private static void add(JarOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new JarEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static String match(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in " + source);
        }
        return matcher.group(1);
    }
}
