package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.cli.config.Node.Entry;
import com.connylabs.ingest.cli.config.Node.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a configuration file and reports everything that is wrong with it at once.
 *
 * <p>Source: connylabs/ingest, config/config.go, for the keys and their defaults.
 */
public final class ConfigReader {
    static final int MAX_BYTES = 4 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ConfigReader() {}

    /**
     * Reads a file.
     *
     * @param file the file
     * @param environment the variables that values may refer to
     * @return the configuration
     * @throws InvalidConfigException if it cannot be read or used, with every problem
     */
    public static Config read(Path file, Map<String, String> environment) throws InvalidConfigException {
        return parse(file.toString(), text(file), environment);
    }

    static Config parse(String file, String text, Map<String, String> environment) throws InvalidConfigException {
        Problems problems = new Problems();
        Node root = YamlReader.read(file, text, new Expansion(environment), problems);
        if (!(root instanceof Mapping map)) {
            throw new InvalidConfigException(
                    file, "expected a map with sources, destinations and workflows, found " + root.kind());
        }
        Config config = config(new Section(withoutExtensions(map), "", problems));
        problems.throwIfAny();
        return config;
    }

    private static Config config(Section root) {
        root.text("version"); // the original has this key and ignores it
        Names sourceNames = new Names("source");
        Names destinationNames = new Names("destination");
        List<EndpointConfig> sources = endpoints(root.sections("sources"), sourceNames);
        List<EndpointConfig> destinations = endpoints(root.sections("destinations"), destinationNames);
        WorkflowReader workflowReader = new WorkflowReader(sourceNames, destinationNames);
        List<WorkflowConfig> workflows =
                root.sections("workflows").stream().map(workflowReader::read).toList();
        if (workflows.isEmpty()) {
            root.problem("workflows", "at least one workflow is required");
        }
        root.finish();
        return new Config(sources, destinations, workflows);
    }

    private static List<EndpointConfig> endpoints(List<Section> sections, Names names) {
        List<EndpointConfig> endpoints = new ArrayList<>();
        for (Section section : sections) {
            EndpointConfig endpoint = EndpointConfig.of(section);
            names.give(endpoint.name(), section);
            endpoints.add(endpoint);
        }
        return endpoints;
    }

    /** Leaves out the keys that begin with {@code x-}, where users keep what they refer to with aliases. */
    private static Mapping withoutExtensions(Mapping root) {
        List<Entry> entries = root.entries().stream()
                .filter(entry -> !entry.key().startsWith("x-"))
                .toList();
        return new Mapping(root.place(), entries);
    }

    private static String text(Path file) throws InvalidConfigException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidConfigException(file.toString(), "is larger than " + MAX_BYTES + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new InvalidConfigException(
                    file.toString(), "no such file; name the configuration with --config=FILE");
        } catch (AccessDeniedException e) {
            throw new InvalidConfigException(file.toString(), "may not be read by this user");
        } catch (CharacterCodingException e) {
            throw new InvalidConfigException(file.toString(), "is not UTF-8 text");
        } catch (IOException e) {
            throw new InvalidConfigException(file.toString(), "cannot be read: " + e.getMessage());
        }
    }
}
