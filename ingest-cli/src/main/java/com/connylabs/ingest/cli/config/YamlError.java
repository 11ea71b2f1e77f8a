package com.connylabs.ingest.cli.config;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Makes one readable line of what the YAML parser says in several. */
final class YamlError {
    private static final int LONGEST = 200;

    private YamlError() {}

    static InvalidConfigException of(String file, String text, YamlEngineException error) {
        if (error instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            Mark mark = marked.getProblemMark().get();
            String place = new Place(file, mark.getLine() + 1, mark.getColumn() + 1).toString();
            String reason = context(marked) + marked.getProblem() + " (column " + (mark.getColumn() + 1) + ")";
            return new InvalidConfigException(place, "not valid YAML: " + oneLine(reason) + hint(text, mark.getLine()));
        }
        return new InvalidConfigException(file, "not valid YAML: " + oneLine(String.valueOf(error.getMessage())));
    }

    private static String context(MarkedYamlEngineException error) {
        return error.getContext() == null ? "" : error.getContext() + ", ";
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String hint(String text, int line) {
        List<String> lines = text.lines().toList();
        boolean braces = line < lines.size() && lines.get(line).contains("${");
        return braces ? "; inside { } and [ ] put a value with ${...} in quotes" : "";
    }
}
