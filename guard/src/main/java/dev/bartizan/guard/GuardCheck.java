package dev.bartizan.guard;

import dev.bartizan.guard.canary.AnswerMarks;
import dev.bartizan.guard.classify.StageFailedException;
import dev.bartizan.guard.policy.AnswerContext;
import dev.bartizan.guard.policy.PolicyGuard;
import dev.bartizan.guard.tools.Approvals;
import dev.bartizan.guard.tools.ApprovedCalls;
import dev.bartizan.guard.tools.Approver;
import dev.bartizan.guard.tools.CallRules;
import dev.bartizan.guard.tools.CallVerdict;
import dev.bartizan.guard.tools.Conversation;
import dev.bartizan.guard.tools.ToolPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Checks batches line by line: texts or conversations in, verdicts out, in the same order. A line
/// that cannot be judged gives an error line, and the rest go on. Nothing is held but one line.
public final class GuardCheck {
    /// Longest line read, in characters; a longer one gives an error line.
    public static final int MAX_LINE = 16 << 20;

    private static final int MAX_DEPTH = 200;
    private final Guard guard;
    private final ToolPolicy policy = new ToolPolicy();
    private final JsonMapper mapper =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxStringLength(MAX_LINE)
                                                    .build())
                                    .build())
                    .build();

    /// What the lines hold.
    public enum Input {
        /// `{"id","text"[,"kind"]}`; answers (`output`) may carry what `AnswerContext` compares
        /// with.
        TEXTS,
        /// `{"id","tools","messages"}` in chat-completions form.
        TRANSCRIPTS
    }

    /// Options of a check.
    ///
    /// @param input what the lines hold
    /// @param policy what findings and calls lead to; empty for the defaults
    /// @param marks the marks that answers are searched for; empty for none
    /// @param approver where approvals of calls wait when there is no policy; a policy has its own
    public record Options(
            Input input,
            Optional<PolicyGuard> policy,
            Optional<AnswerMarks> marks,
            Optional<Approver> approver) {
        /// A check under the defaults.
        public Options(Input input) {
            this(input, Optional.empty());
        }

        /// A check under a policy.
        public Options(Input input, Optional<PolicyGuard> policy) {
            this(input, policy, Optional.empty(), Optional.empty());
        }
    }

    /// A check with the guard that ships.
    public GuardCheck() {
        this(Guard.shipped());
    }

    /// A check with a guard of one's own.
    public GuardCheck(Guard guard) {
        this.guard = guard;
    }

    /// Reads lines until the end and writes one line for each that is not blank.
    public void check(Reader in, Writer out, Options options) throws IOException {
        BufferedReader lines =
                in instanceof BufferedReader buffered ? buffered : new BufferedReader(in);
        Line line = new Line();
        long number = 0;
        while (line.read(lines)) {
            number++;
            if (line.text.isEmpty() || line.text.toString().isBlank()) {
                continue;
            }
            out.write(mapper.writeValueAsString(answer(line, number, options)));
            out.write('\n');
        }
        out.flush();
    }

    private ObjectNode answer(Line line, long number, Options options) {
        if (line.isTooLong) {
            return error(
                    mapper.nullNode(),
                    "line " + number + " is longer than " + MAX_LINE + " characters");
        }
        JsonNode node;
        try {
            node = mapper.readTree(line.text.toString());
        } catch (JacksonException e) {
            return error(
                    mapper.nullNode(),
                    "line " + number + " is not JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            return error(mapper.nullNode(), "line " + number + " is not a JSON object");
        }
        return switch (options.input()) {
            case TEXTS -> text(node, number, options);
            case TRANSCRIPTS -> transcript(node, number, options);
        };
    }

    private ObjectNode text(JsonNode node, long number, Options options) {
        Optional<PolicyGuard> under = options.policy();
        JsonNode id = node.path("id");
        if (!node.path("text").isString()) {
            return error(id, "line " + number + " has no `text` that is a string");
        }
        String name = node.path("kind").asString("unknown");
        Kind kind = Kind.named(name).orElse(null);
        if (kind == null) {
            return error(
                    id,
                    "line "
                            + number
                            + ": kind `"
                            + name
                            + "` is none of user, document, tool-result, output");
        }
        Part part = Part.of(kind, node.path("text").asString());
        ObjectNode out = mapper.createObjectNode();
        out.set("id", id.isMissingNode() ? mapper.nullNode() : id);
        Judgement judgement;
        try {
            judgement = guard.judge(part);
        } catch (StageFailedException e) {
            return error(id, "line " + number + " was not judged: " + e.getMessage());
        }
        if (kind == Kind.OUTPUT) {
            try {
                judgement = judgement.and(AnswerContext.of(node).find(part.text()));
                judgement = judgement.and(marks(node, part.text(), options.marks()));
            } catch (IllegalArgumentException e) {
                return error(id, "line " + number + ": " + e.getMessage());
            }
        }
        if (under.isEmpty()) {
            return judged(out, judgement, Optional.empty());
        }
        PolicyGuard.Outcome outcome = under.get().judge(part, request(node), judgement);
        judged(out, outcome.judgement(), Optional.of(outcome.verdict()));
        out.put("action", outcome.action().label());
        if (outcome.wouldBe() != outcome.action()) {
            out.put("would_be", outcome.wouldBe().label());
        }
        if (!outcome.text().equals(part.text())) {
            out.put("text", outcome.text());
        }
        return out;
    }

    private static List<Detection> marks(
            JsonNode node, String answer, Optional<AnswerMarks> marks) {
        JsonNode pledged = node.path("pledged");
        if (!pledged.isMissingNode() && !pledged.isBoolean()) {
            throw new IllegalArgumentException(
                    "`pledged` is true or false: whether the prompt asks for a mark at the end");
        }
        String tenant = node.path("tenant").asString("");
        return marks.map(m -> m.find(answer, tenant, pledged.asBoolean(false))).orElse(List.of());
    }

    private static PolicyGuard.Request request(JsonNode node) {
        return new PolicyGuard.Request(
                node.path("route").asString(""), node.path("principal").asString(""));
    }

    private static ObjectNode judged(
            ObjectNode out, Judgement judgement, Optional<Verdict> underPolicy) {
        out.put("verdict", underPolicy.orElse(judgement.verdict()).label());
        out.put("score", rounded(judgement.score()));
        ArrayNode findings = out.putArray("findings");
        for (Detection finding : judgement.findings()) {
            ObjectNode one = findings.addObject();
            one.put("type", finding.type());
            one.put("start", finding.start());
            one.put("end", finding.end());
            one.put("score", rounded(finding.score()));
            one.put("reason", finding.reason());
        }
        return out;
    }

    private ObjectNode transcript(JsonNode node, long number, Options options) {
        if (!node.path("messages").isArray()) {
            return error(node.path("id"), "line " + number + " has no `messages` that is a list");
        }
        ObjectNode out = mapper.createObjectNode();
        out.set("id", node.path("id").isMissingNode() ? mapper.nullNode() : node.path("id"));
        ArrayNode calls = out.putArray("calls");
        Conversation conversation = Conversation.of(node);
        List<CallVerdict> verdicts =
                options.policy()
                        .map(p -> p.judge(conversation, request(node)))
                        .orElseGet(() -> policy.judge(conversation, approved(node, options)));
        for (CallVerdict verdict : verdicts) {
            ObjectNode one = calls.addObject();
            one.put("call_id", verdict.callId());
            one.put("verdict", verdict.decision().label());
            one.put("reason", verdict.reason());
            verdict.taint().forEach(one.putArray("taint")::add);
        }
        return out;
    }

    private static CallRules approved(JsonNode node, Options options) {
        String principal = node.path("principal").asString("");
        return options.approver()
                .<CallRules>map(one -> new ApprovedCalls(principal, Approvals.NO_POLICY, one))
                .orElse(CallRules.NONE);
    }

    private ObjectNode error(JsonNode id, String message) {
        ObjectNode out = mapper.createObjectNode();
        out.set("id", id.isMissingNode() ? mapper.nullNode() : id);
        out.put("error", message);
        return out;
    }

    private static double rounded(double score) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4f", score));
    }

    /// One line of bounded length.
    private static final class Line {
        private final StringBuilder text = new StringBuilder();
        private boolean isTooLong;

        boolean read(Reader in) throws IOException {
            text.setLength(0);
            isTooLong = false;
            int c = in.read();
            if (c < 0) {
                return false;
            }
            while (c >= 0 && c != '\n') {
                if (text.length() < MAX_LINE) {
                    text.append((char) c);
                } else {
                    isTooLong = true;
                }
                c = in.read();
            }
            return true;
        }
    }
}
