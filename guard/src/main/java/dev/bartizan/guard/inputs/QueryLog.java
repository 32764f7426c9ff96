package dev.bartizan.guard.inputs;

import dev.bartizan.guard.text.ShallowJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Queries line by line, each with what its client's queries look like by then.
public final class QueryLog {
    /// Longest line, in characters; a longer one gives an error line.
    public static final int MAX_LINE = 16 << 20;

    private static final int MOST_NAMED = 1_000;
    private static final int LONGEST_NAME = 200;
    private final JsonMapper mapper = ShallowJson.reader(10);
    private final QueryWatch watch;
    private final Map<String, QueryWatch.Pattern> strange = new LinkedHashMap<>();
    private long queries;
    private long errors;

    /// A log that a watch looks at.
    public QueryLog(QueryWatch watch) {
        this.watch = watch;
    }

    /// Reads lines until the end and writes one for each that is not blank.
    public void watch(Reader in, Writer out) throws IOException {
        BufferedReader lines = new BufferedReader(in);
        StringBuilder line = new StringBuilder();
        long number = 0;
        int c = 0;
        while (c >= 0) {
            line.setLength(0);
            for (c = lines.read(); c >= 0 && c != '\n'; c = lines.read()) {
                if (line.length() <= MAX_LINE) {
                    line.append((char) c);
                }
            }
            number++;
            if (!line.isEmpty() && !line.toString().isBlank()) {
                out.write(mapper.writeValueAsString(answer(line.toString(), number)));
                out.write('\n');
                out.flush();
            }
        }
    }

    private ObjectNode answer(String line, long number) {
        queries++;
        if (line.length() > MAX_LINE) {
            return error(mapper.nullNode(), number, "is longer than " + MAX_LINE + " characters");
        }
        JsonNode node;
        try {
            node = mapper.readTree(line);
        } catch (JacksonException e) {
            return error(mapper.nullNode(), number, "is not JSON: " + e.getOriginalMessage());
        }
        JsonNode client = node.path("client");
        if (!client.isString() || client.asString().length() > LONGEST_NAME) {
            return error(node.path("id"), number, "has no `client` of at most 200 characters");
        }
        double[] input = numbers(node.path("input"));
        double[] answer = numbers(node.path("answer"));
        if (input.length == 0 || answer.length == 0) {
            return error(
                    node.path("id"), number, "needs `input` and `answer`, lists of finite numbers");
        }
        QueryWatch.Pattern pattern = watch.see(client.asString(), input, answer);
        if (pattern != QueryWatch.Pattern.USUAL && strange.size() < MOST_NAMED) {
            strange.put(client.asString(), pattern);
        }
        ObjectNode out = mapper.createObjectNode();
        out.set("id", node.path("id").isMissingNode() ? mapper.nullNode() : node.path("id"));
        out.put("client", client.asString());
        out.put("pattern", pattern.label());
        return out;
    }

    /// The numbers of a list; none when it is no list of finite numbers.
    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.isArray() ? list.size() : 0];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode one = list.get(i);
            numbers[i] = one.isNumber() ? one.asDouble() : Double.NaN;
            if (!Double.isFinite(numbers[i])) {
                return new double[0];
            }
        }
        return numbers;
    }

    private ObjectNode error(JsonNode id, long number, String what) {
        errors++;
        ObjectNode out = mapper.createObjectNode();
        out.set("id", id.isMissingNode() ? mapper.nullNode() : id);
        out.put("error", "line " + number + " " + what);
        return out;
    }

    /// What was seen, in one line.
    public String summary() {
        StringJoiner names = new StringJoiner(", ");
        strange.forEach((client, pattern) -> names.add(client + " (" + pattern.label() + ")"));
        return queries
                + " queries, "
                + errors
                + " lines could not be read, strange clients: "
                + (strange.isEmpty() ? "none" : names.toString());
    }
}
