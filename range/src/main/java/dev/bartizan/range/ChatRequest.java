package dev.bartizan.range;

import dev.bartizan.core.JsonNumbers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A request for a chat completion, as far as a simulation reads it.
///
/// @param model name of the model asked for; empty when none is named
/// @param messages role and content, one text a message
/// @param isSampled whether the temperature is above 0
/// @param wantsScores whether log-probabilities are asked for
record ChatRequest(String model, List<Message> messages, boolean isSampled, boolean wantsScores) {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_MESSAGES = 256;

    /// Reads and writes JSON within limits.
    static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxDocumentLength(ServerRules.HARD_BODY_BYTES)
                                                    .maxStringLength(ServerRules.HARD_BODY_BYTES)
                                                    .build())
                                    .build())
                    .build();

    ChatRequest {
        messages = List.copyOf(messages);
    }

    /// One message.
    record Message(String role, String content) {}

    /// Says what is wrong with a request.
    static final class BadRequest extends Exception {
        BadRequest(String message) {
            super(message);
        }
    }

    /// The JSON object in a body.
    static JsonNode object(byte[] body) throws BadRequest {
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new BadRequest("The body is not JSON: " + e.getClass().getSimpleName());
        }
        throw new BadRequest("The body is not a JSON object");
    }

    /// Reads a body.
    static ChatRequest parse(byte[] body) throws BadRequest {
        JsonNode node = object(body);
        JsonNode list = node.path("messages");
        if (!list.isArray() || list.isEmpty() || list.size() > MAX_MESSAGES) {
            throw new BadRequest("messages is a list of 1 to " + MAX_MESSAGES + " messages");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonNode item : list) {
            JsonNode role = item.path("role");
            JsonNode content = item.path("content");
            if (!role.isString() || !content.isString()) {
                throw new BadRequest("a message has a role and a text content");
            }
            messages.add(new Message(role.stringValue(), content.stringValue()));
        }
        JsonNode temperature = node.path("temperature");
        return new ChatRequest(
                text(node, "model"),
                messages,
                !temperature.isNumber() || JsonNumbers.nearest(temperature) > 0,
                node.path("logprobs").isBoolean() && node.path("logprobs").booleanValue());
    }

    /// The text under a key, or nothing.
    static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isString() ? value.stringValue() : "";
    }

    /// The last message of the user.
    String lastOfUser() {
        return messages.reversed().stream()
                .filter(message -> message.role().equals("user"))
                .map(Message::content)
                .findFirst()
                .orElse("");
    }

    /// Everything that was said, as one text that no other conversation shares.
    String whole() {
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            text.append(message.role().length()).append(':').append(message.role());
            text.append(message.content().length()).append(':').append(message.content());
        }
        return text.toString();
    }
}
