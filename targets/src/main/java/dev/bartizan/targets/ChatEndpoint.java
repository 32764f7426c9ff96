package dev.bartizan.targets;

import dev.bartizan.targets.Exchange.Answered;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An endpoint of the OpenAI chat API.
///
/// @param uri of `chat/completions`
/// @param model name that requests carry; empty when none is known
public record ChatEndpoint(URI uri, String model) implements Endpoint {
    private static final String PATH = "/chat/completions";
    private static final int MAX_ANSWER_TOKENS = 512;

    /// From the address that a user named: the full path, one that ends in `/v1`, or less. A query,
    /// such as a version that some providers ask for, stays.
    public static ChatEndpoint of(URI named, String model) {
        String text = withoutQuery(named).replaceAll("/+$", "");
        if (text.endsWith(PATH)) {
            return new ChatEndpoint(URI.create(text + query(named)), model);
        }
        String base = text.endsWith("/v1") ? text : text + "/v1";
        return new ChatEndpoint(URI.create(base + PATH + query(named)), model);
    }

    private static String query(URI uri) {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }

    private static String withoutQuery(URI uri) {
        String text = uri.toString();
        return text.substring(0, text.length() - query(uri).length());
    }

    @Override
    public String protocol() {
        return "openai";
    }

    @Override
    public Optional<Call> describe() {
        String text = withoutQuery(uri);
        String base = text.substring(0, text.length() - PATH.length());
        return Optional.of(Call.get(URI.create(base + "/models" + query(uri))));
    }

    @Override
    public Endpoint described(Answered answer) {
        if (!model.isEmpty() || !answer.isWholeSuccess()) {
            return this;
        }
        String first =
                BoundedJson.read(answer.body())
                        .map(root -> BoundedJson.text(root.path("data").path(0), "id"))
                        .orElse("");
        return new ChatEndpoint(uri, first);
    }

    @Override
    public Call ask(Question question) {
        ObjectNode root = request(question.text(), model);
        switch (question.manner()) {
            case PLAIN -> {}
            case STEADY -> root.put("temperature", 0);
            case WITH_SCORES -> root.put("logprobs", true).put("top_logprobs", 2);
        }
        if (!question.tools().isEmpty()) {
            ArrayNode tools = root.putArray("tools");
            question.tools().forEach(tool -> offer(tool, tools));
        }
        return Call.post(uri, BoundedJson.write(root));
    }

    private static void offer(String tool, ArrayNode tools) {
        ObjectNode node = tools.addObject().put("type", "function");
        ObjectNode function = node.putObject("function").put("name", tool);
        function.putObject("parameters").put("type", "object");
    }

    private static ObjectNode request(String text, String model) {
        ObjectNode root = BoundedJson.MAPPER.createObjectNode();
        if (!model.isEmpty()) {
            root.put("model", model);
        }
        root.putArray("messages").addObject().put("role", "user").put("content", text);
        root.put("max_tokens", MAX_ANSWER_TOKENS);
        return root;
    }

    @Override
    public Call oversized(int bytes) {
        return Call.post(uri, BoundedJson.write(request("harbour ".repeat(bytes / 8), model)));
    }

    @Override
    public Optional<Call> unknownModel(String name) {
        return Optional.of(Call.post(uri, BoundedJson.write(request("Hello.", name))));
    }

    @Override
    public Optional<Reply> reply(Answered answer) {
        if (!answer.isWholeSuccess()) {
            return Optional.empty();
        }
        return BoundedJson.read(answer.body())
                .filter(root -> root.path("choices").path(0).has("message"))
                .map(ChatEndpoint::reply);
    }

    private static Reply reply(JsonNode root) {
        StringBuilder text = new StringBuilder();
        for (JsonNode choice : root.path("choices")) {
            JsonNode message = choice.path("message");
            appendTexts(message.path("content"), text);
            appendTexts(message.path("refusal"), text);
            appendTexts(message.path("reasoning_content"), text);
        }
        return new Reply(text.toString().strip(), ToolCalls.in(root));
    }

    private static void appendTexts(JsonNode content, StringBuilder text) {
        if (content.isString()) {
            text.append(content.stringValue()).append('\n');
        }
        for (JsonNode part : content) {
            text.append(BoundedJson.text(part, "text")).append('\n');
        }
    }
}
