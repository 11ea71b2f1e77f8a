package com.connylabs.ingest.cli.config;

import com.connylabs.ingest.cli.config.Node.Entry;
import com.connylabs.ingest.cli.config.Node.Mapping;
import com.connylabs.ingest.cli.config.Node.Scalar;
import com.connylabs.ingest.cli.config.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a YAML document into nodes that know where they stand. Bounded in depth and in the number of nodes, aliases
 * counted as often as they are used. Every value stays the text that was written: what it means is the reader's affair.
 */
final class YamlReader {
    static final int MAX_DEPTH = 50;
    static final int MAX_NODES = 100_000;

    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    private record Anchored(Node node, int nodes) {}

    private final String file;
    private final Iterator<Event> events;
    private final Expansion expansion;
    private final Problems problems;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int nodes;
    private int depth;

    private YamlReader(String file, Iterator<Event> events, Expansion expansion, Problems problems) {
        this.file = file;
        this.events = events;
        this.expansion = expansion;
        this.problems = problems;
    }

    /**
     * Reads a document.
     *
     * @param file how to call it in errors
     * @param text the document
     * @param expansion what to do with values
     * @param problems told of duplicate keys and of values that cannot be expanded
     * @return its root; a scalar of null for an empty document
     * @throws InvalidConfigException if it is not YAML, or beyond the bounds
     */
    static Node read(String file, String text, Expansion expansion, Problems problems) throws InvalidConfigException {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            return new YamlReader(file, events, expansion, problems).document();
        } catch (YamlEngineException e) {
            throw YamlError.of(file, text, e);
        }
    }

    private Node document() throws InvalidConfigException {
        events.next(); // the stream begins
        if (events.next().getEventId() == ID.StreamEnd) {
            return Scalar.nothing(new Place(file, 1, 1));
        }
        Node root = node(events.next(), "");
        events.next(); // the document ends
        Event next = events.next();
        if (next.getEventId() != ID.StreamEnd) {
            throw wrong(next, "a second document begins here; put everything into one");
        }
        return root;
    }

    private Node node(Event event, String path) throws InvalidConfigException {
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        int before = nodes;
        count(event, 1);
        Node node =
                switch (event.getEventId()) {
                    case MappingStart -> mapping(event, path);
                    case SequenceStart -> sequence(event, path);
                    default -> scalar((ScalarEvent) event, path);
                };
        int size = nodes - before;
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor.getValue(), new Anchored(node, size)));
        return node;
    }

    private Node alias(AliasEvent alias) throws InvalidConfigException {
        String name = alias.getAlias().getValue();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw wrong(alias, "alias *" + name + " is used before its anchor &" + name + " has ended");
        }
        count(alias, anchored.nodes());
        return anchored.node();
    }

    private Mapping mapping(Event start, String path) throws InvalidConfigException {
        enter(start);
        List<Entry> entries = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != ID.MappingEnd; event = events.next()) {
            Place keyPlace = place(event);
            String key = key(event);
            String keyPath = path.isEmpty() ? key : path + "." + key;
            entries.add(new Entry(key, keyPlace, node(events.next(), keyPath)));
        }
        depth--;
        return new Mapping(place(start), new MergeKeys(path, problems).resolve(entries));
    }

    private String key(Event event) throws InvalidConfigException {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getValue();
        }
        throw wrong(event, "a key must be a plain text, not a list, a map or an alias");
    }

    private Sequence sequence(Event start, String path) throws InvalidConfigException {
        enter(start);
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != ID.SequenceEnd; event = events.next()) {
            items.add(node(event, path + "[" + items.size() + "]"));
        }
        depth--;
        return new Sequence(place(start), items);
    }

    private Scalar scalar(ScalarEvent event, String path) {
        Place place = place(event);
        String written = event.getValue();
        if (event.isPlain() && NOTHING.contains(written)) {
            return Scalar.nothing(place);
        }
        try {
            Optional<String> text = expansion.expand(written);
            return new Scalar(place, text.orElse(null), text.equals(Optional.of(written)));
        } catch (IllegalArgumentException e) {
            problems.add(place, path, String.valueOf(e.getMessage()));
            return Scalar.nothing(place);
        }
    }

    private void enter(Event event) throws InvalidConfigException {
        if (++depth > MAX_DEPTH) {
            throw wrong(event, "nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    private void count(Event event, int more) throws InvalidConfigException {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw wrong(event, "more than " + MAX_NODES + " values, aliases counted as often as they are used");
        }
    }

    private Place place(Event event) {
        return event.getStartMark()
                .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new Place(file, 1, 1));
    }

    private InvalidConfigException wrong(Event event, String reason) {
        return new InvalidConfigException(place(event).toString(), reason);
    }
}
