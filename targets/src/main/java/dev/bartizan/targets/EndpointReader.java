package dev.bartizan.targets;

import dev.bartizan.core.Element;
import dev.bartizan.core.ElementKind;
import dev.bartizan.core.UserError;
import java.net.URI;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what a system file says of an element's endpoint.
public final class EndpointReader {
    /// How an address starts that names a simulation.
    public static final String SIMULATED = "simulated:";

    private static final Set<ElementKind> OF_NUMBERS =
            EnumSet.of(
                    ElementKind.INFERENCE_SERVICE,
                    ElementKind.MODEL_ARTIFACT,
                    ElementKind.EDGE_DEVICE);
    private static final Set<ElementKind> OF_WORDS =
            EnumSet.of(
                    ElementKind.LLM,
                    ElementKind.AGENT,
                    ElementKind.AI_GATEWAY,
                    ElementKind.MODEL_ROUTER,
                    ElementKind.MULTI_AGENT,
                    ElementKind.GUARDRAIL,
                    ElementKind.THIRD_PARTY_AI_SERVICE,
                    ElementKind.CHAT_CLIENT,
                    ElementKind.IDE_AGENT);

    private EndpointReader() {}

    /// The address as the file gives it; empty when the element has no endpoint.
    public static Optional<String> address(Element element) {
        return element.attributes().text("endpoint").filter(text -> !text.isBlank());
    }

    /// The profile of a simulation; empty for any other address.
    public static Optional<String> profile(Element element) {
        return address(element)
                .filter(text -> text.startsWith(SIMULATED))
                .map(text -> text.substring(SIMULATED.length()));
    }

    /// The address of a real endpoint.
    ///
    /// @throws UserError when it is none that may be used
    public static URI uri(Element element) {
        String text = address(element).orElse("");
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong("The endpoint is not a web address", element, e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!Set.of("http", "https").contains(scheme) || uri.getHost() == null) {
            throw wrong("The endpoint is not a web address", element, null);
        }
        if (uri.getUserInfo() != null || uri.getFragment() != null) {
            throw wrong("The endpoint's address carries a log-in or a fragment", element, null);
        }
        return uri;
    }

    private static UserError wrong(String what, Element element, @Nullable Throwable cause) {
        String where = element.place() + " (" + element.id() + ": endpoint)";
        String mend =
                "Write http://… or https://… with credentials under principals, or"
                        + " simulated:<profile>.";
        return cause == null
                ? new UserError(what, where, mend)
                : new UserError(what, where, mend, cause);
    }

    /// How to speak with an element's endpoint at an address. The key `protocol` decides; without
    /// it the address does, and then the element's kind.
    public static Endpoint at(URI address, Element element) {
        String model = element.attributes().text("model").orElse("");
        String word =
                element.attributes().text("protocol").orElseGet(() -> usual(address, element));
        return switch (word) {
            case "openai" -> ChatEndpoint.of(address, model);
            case "oip-v2" -> inference(address, element, model);
            case "json" -> json(address, element);
            default ->
                    throw new UserError(
                            "Unknown protocol \"" + word + "\"",
                            element.place() + " (" + element.id() + ": protocol)",
                            "Use one of openai, oip-v2, json.");
        };
    }

    private static String usual(URI address, Element element) {
        String path = String.valueOf(address.getPath()).replaceAll("/+$", "");
        if (path.contains("/v2/models/")) {
            return "oip-v2";
        }
        if (path.endsWith("/chat/completions") || path.endsWith("/v1")) {
            return "openai";
        }
        if (profile(element).isPresent()) {
            return "openai";
        }
        boolean isBare = path.isEmpty();
        if (isBare && OF_NUMBERS.contains(element.kind())) {
            return element.attributes().has("model") ? "oip-v2" : "json";
        }
        return isBare && OF_WORDS.contains(element.kind()) ? "openai" : "json";
    }

    private static Endpoint inference(URI address, Element element, String model) {
        if (address.getRawQuery() != null) {
            throw wrong("An address of the inference protocol carries a query", element, null);
        }
        boolean isNamed = String.valueOf(address.getPath()).contains("/v2/models/");
        if (!isNamed && !model.matches("[A-Za-z0-9_.-]{1,128}")) {
            throw new UserError(
                    "The inference protocol needs the name of a model",
                    element.place() + " (" + element.id() + ": model)",
                    "Add model: <name>, or end the endpoint with /v2/models/<name>.");
        }
        return InferenceEndpoint.of(address, model);
    }

    private static Endpoint json(URI address, Element element) {
        Object request = element.attributes().values().get("request");
        String template =
                request == null
                        ? JsonEndpoint.DEFAULT_REQUEST
                        : request instanceof String text ? text : BoundedJson.write(request);
        if (BoundedJson.read(template).isEmpty()) {
            throw new UserError(
                    "The request is not JSON",
                    element.place() + " (" + element.id() + ": request)",
                    "Write a JSON document in which {prompt} stands for the message.");
        }
        String pointer = element.attributes().text("answer").orElse("");
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw new UserError(
                    "The answer is not a JSON pointer",
                    element.place() + " (" + element.id() + ": answer)",
                    "Write a pointer such as /result/text.");
        }
        return new JsonEndpoint(address, template, pointer);
    }
}
