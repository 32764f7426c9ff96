package dev.bartizan.targets;

import dev.bartizan.targets.Exchange.Answered;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An endpoint that takes one JSON document and answers with another.
///
/// @param uri where documents go
/// @param request JSON text of the document, in which `{prompt}` stands for the message
/// @param answer JSON pointer (RFC 6901) to the text of an answer; empty to take every text in it
public record JsonEndpoint(URI uri, String request, String answer) implements Endpoint {
    /// What is sent when the system file does not say what a request looks like.
    public static final String DEFAULT_REQUEST = "{\"prompt\":\"{prompt}\"}";

    private static final String SLOT = "{prompt}";

    @Override
    public String protocol() {
        return "json";
    }

    @Override
    public Optional<Call> describe() {
        return Optional.empty();
    }

    @Override
    public Endpoint described(Answered answered) {
        return this;
    }

    @Override
    public Call ask(Question question) {
        String quoted = BoundedJson.write(question.text());
        String inner = quoted.substring(1, quoted.length() - 1);
        return Call.post(uri, request.replace(SLOT, inner));
    }

    @Override
    public Call oversized(int bytes) {
        String filler = "harbour ".repeat(bytes / 8);
        return request.contains(SLOT)
                ? ask(Question.plain(filler))
                : Call.post(uri, "{\"filler\":\"" + filler + "\"}");
    }

    @Override
    public Optional<Call> unknownModel(String name) {
        return Optional.empty();
    }

    @Override
    public boolean takesWords() {
        return request.contains(SLOT);
    }

    @Override
    public Optional<Reply> reply(Answered answered) {
        if (!answered.isWholeSuccess()) {
            return Optional.empty();
        }
        Optional<JsonNode> root = BoundedJson.read(answered.body());
        if (root.isEmpty()) {
            boolean isText = answered.header("content-type").orElse("").startsWith("text/plain");
            return isText ? Optional.of(new Reply(answered.body(), List.of())) : Optional.empty();
        }
        return root.filter(node -> !hasError(node)).map(this::reply);
    }

    private static boolean hasError(JsonNode node) {
        JsonNode error = node.path("error");
        return error.isObject() || error.isString() || (error.isBoolean() && error.booleanValue());
    }

    private Reply reply(JsonNode root) {
        StringBuilder text = new StringBuilder();
        appendTexts(answer.isEmpty() ? root : root.at(answer), text);
        return new Reply(text.toString().strip(), ToolCalls.in(root));
    }

    private static void appendTexts(JsonNode node, StringBuilder text) {
        if (node.isString()) {
            text.append(node.stringValue()).append('\n');
        }
        for (JsonNode child : node) {
            appendTexts(child, text);
        }
    }
}
