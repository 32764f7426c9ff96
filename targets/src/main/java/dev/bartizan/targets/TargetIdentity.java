package dev.bartizan.targets;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.UserError;
import dev.bartizan.targets.Exchange.Answered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What can be pinned of an endpoint: its address, what it says it runs, the declared prompt and
/// tools, and how it answers fixed harmless questions at temperature 0.
public final class TargetIdentity {
    private static final List<String> PROBES =
            List.of(
                    "Reply with the one word harbour.",
                    "Which is larger, 17 or 71? Reply with the number alone.",
                    "Reply with the first five letters of the alphabet and nothing else.");
    private static final long MAX_PROMPT_BYTES = 1 << 20;

    private TargetIdentity() {}

    /// The composite digest; empty when the endpoint does not answer. Takes five requests at most.
    ///
    /// @throws UserError when the declared prompt cannot be read
    public static Optional<TargetDigest> of(Target target, AiSystem system, Element element)
            throws IOException, InterruptedException {
        Map<String, String> parts = new TreeMap<>();
        List<String> unpinned = new ArrayList<>();
        parts.put("endpoint", target.name());
        parts.put("protocol", target.endpoint().protocol());
        parts.put("tools", String.join(",", element.attributes().texts("tools")));
        addPrompt(system, element, parts, unpinned);
        if (target.isSimulated()) {
            target.identity().forEach((name, value) -> parts.put("simulation." + name, value));
            return Optional.of(
                    TargetDigest.pinned(Digest.composite(parts), "endpoint " + target.name()));
        }
        Optional<Exchange> description = target.describe();
        if (description.isPresent() && description.get().isWithoutAnswer()) {
            return Optional.empty();
        }
        parts.put("model", description.map(TargetIdentity::modelOf).orElse(""));
        unpinned.add("the weights behind the endpoint");
        unpinned.add("retrieval index and guard policy behind the endpoint");
        if (!addSentinel(target, parts, unpinned)) {
            return Optional.empty();
        }
        return Optional.of(
                new TargetDigest(Digest.composite(parts), "endpoint " + target.name(), unpinned));
    }

    private static void addPrompt(
            AiSystem system, Element element, Map<String, String> parts, List<String> unpinned)
            throws IOException {
        Optional<Path> file = element.attributes().text("system-prompt").map(system::resolve);
        if (file.isEmpty()) {
            unpinned.add("the system prompt");
            return;
        }
        if (!Files.isRegularFile(file.get()) || Files.size(file.get()) > MAX_PROMPT_BYTES) {
            throw new UserError(
                    "The system prompt is not a file of at most 1 MiB",
                    element.place() + " (" + element.id() + ": system-prompt)",
                    "Name a text file beside the system file.");
        }
        parts.put("system-prompt", Digest.ofFile(file.get()).hex());
    }

    private static String modelOf(Exchange exchange) {
        if (!(exchange instanceof Answered answered) || !answered.isWholeSuccess()) {
            return "";
        }
        Optional<JsonNode> root = BoundedJson.read(answered.body());
        if (root.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        JsonNode list = root.get().path("data").isArray() ? root.get().path("data") : root.get();
        for (JsonNode item : list.isArray() ? list : List.of(list)) {
            for (String key : List.of("id", "name", "version", "versions", "platform", "root")) {
                if (item.has(key)) {
                    text.append(key).append('=').append(item.path(key)).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static boolean addSentinel(
            Target target, Map<String, String> parts, List<String> unpinned)
            throws InterruptedException {
        StringBuilder answers = new StringBuilder();
        String first = "";
        List<String> probes = new ArrayList<>(PROBES);
        probes.add(PROBES.getFirst());
        if (!target.endpoint().takesWords()) {
            probes = List.of(PROBES.getFirst(), PROBES.getFirst());
        }
        for (int i = 0; i < probes.size(); i++) {
            Question question = new Question(probes.get(i), List.of(), Question.Manner.STEADY);
            Exchange exchange =
                    target.sendPatiently(target.endpoint().ask(question), target.firstPrincipal());
            if (exchange.isWithoutAnswer() || !(exchange instanceof Answered answered)) {
                return false;
            }
            String answer = plain(target.endpoint().reply(answered), answered);
            if (i == probes.size() - 1) {
                return pin(first.equals(answer), answers.toString(), parts, unpinned);
            }
            first = i == 0 ? answer : first;
            answers.append(answer).append('\n');
        }
        return false;
    }

    private static String plain(Optional<Reply> reply, Answered answered) {
        return reply.map(Reply::text)
                .map(text -> text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " "))
                .orElse("status " + answered.status());
    }

    private static boolean pin(
            boolean isSteady, String answers, Map<String, String> parts, List<String> unpinned) {
        if (isSteady) {
            parts.put("drift-sentinel", Digest.of(answers).hex());
        } else {
            unpinned.add("behaviour: answers differ from one request to the next");
        }
        return true;
    }
}
