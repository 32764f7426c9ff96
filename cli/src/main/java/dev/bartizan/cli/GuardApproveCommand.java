package dev.bartizan.cli;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.core.ledger.Jcs;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.policy.GuardPolicy;
import dev.bartizan.guard.policy.PolicyGuard;
import dev.bartizan.guard.policy.PolicyReader;
import dev.bartizan.guard.tools.ApprovalList;
import dev.bartizan.guard.tools.Approvals;
import dev.bartizan.guard.tools.CallVerdict;
import dev.bartizan.guard.tools.Conversation;
import dev.bartizan.guard.tools.Conversation.Call;
import dev.bartizan.guard.tools.ToolPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `bartizan guard approve`: a person's yes to one exact call.
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Approves one tool call that \"guard check --transcript\" answered with ask. The approval"
                    + " is for this very call: tool and arguments, principal, and version of the"
                    + " policy; it is good once, and until it expires. What was blocked cannot be"
                    + " approved.",
            "",
            "\"guard check --transcript … --approvals FILE\" uses it up. Who can write the file can"
                    + " approve: keep it where only those can write who may."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard check --transcript talk.jsonl --policy guard.yaml",
            "  bartizan guard approve --transcript talk.jsonl --policy guard.yaml --call call_7"
                    + " --by ana --approvals approvals.json --for 15m",
            "  bartizan guard check --transcript talk.jsonl --policy guard.yaml --approvals"
                    + " approvals.json"
        })
final class GuardApproveCommand extends ShellCommand {
    private static final int MOST_LINE = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Option(
            names = "--transcript",
            required = true,
            paramLabel = "FILE",
            description = "The conversation, as \"guard check\" reads it.")
    private @Nullable Path transcript;

    @Option(names = "--call", required = true, paramLabel = "ID", description = "Id of the call.")
    private String callId = "";

    @Option(
            names = "--conversation",
            paramLabel = "ID",
            description = "Id of the conversation, where the file holds several with such a call.")
    private @Nullable String conversationId;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "The policy that asked; none for the defaults.")
    private @Nullable Path policy;

    @Option(
            names = "--approvals",
            required = true,
            paramLabel = "FILE",
            description = "Where approvals wait; made when it is not there.")
    private @Nullable Path approvals;

    @Option(
            names = "--by",
            required = true,
            paramLabel = "NAME",
            description = "Who approves; stands in the file.")
    private String by = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "15m",
            description = "How long it is good, such as 90s, 15m or 2h (default: 15m).")
    private String goodFor = "15m";

    /// A call where it stands.
    private record Found(JsonNode line, Conversation conversation, Call call) {
        String principal() {
            return line.path("principal").asString("");
        }
    }

    @Override
    public Integer call() throws IOException {
        if (transcript == null || approvals == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        Duration length = TimeSpan.parse(goodFor, "--for");
        Found found = found(transcript);
        Optional<GuardPolicy> under = Optional.ofNullable(policy).map(PolicyReader::read);
        requireAsked(found, under);
        Digest version = under.map(GuardPolicy::digest).orElse(Approvals.NO_POLICY);
        Digest digest = Approvals.digest(found.principal(), version, found.call());
        Instant until = Instant.now().plus(length);
        new GuardStateFiles.Approved(approvals, InstantSource.system())
                .add(new ApprovalList.Given(digest, by, until));
        out().println(
                        "approved  "
                                + found.call().tool()
                                + " "
                                + Jcs.write(found.call().arguments()));
        out().println(
                        "for       "
                                + (found.principal().isEmpty()
                                        ? "no principal"
                                        : found.principal()));
        out().println("until     " + until.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        out().println("digest    " + digest);
        out().flush();
        return 0;
    }

    private void requireAsked(Found found, Optional<GuardPolicy> under) {
        PolicyGuard.Request request =
                new PolicyGuard.Request(found.line().path("route").asString(""), found.principal());
        List<CallVerdict> verdicts =
                under.map(read ->
                                new PolicyGuard(
                                                new Guard(
                                                        Guard.Stages.shipped()
                                                                .withoutRecognisers()),
                                                read,
                                                InstantSource.system())
                                        .judge(found.conversation(), request))
                        .orElseGet(() -> new ToolPolicy().judge(found.conversation()));
        CallVerdict verdict =
                verdicts.stream()
                        .filter(one -> one.callId().equals(callId))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("Every call is judged"));
        if (verdict.decision() != CallVerdict.Decision.ASK) {
            throw new UserError(
                    "The call is not one to ask for: its verdict is "
                            + verdict.decision().label()
                            + " ("
                            + verdict.reason()
                            + ")",
                    "--call " + callId,
                    "Only calls with the verdict ask can be approved.");
        }
    }

    private Found found(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    "There is no such file", file.toString(), "Name a file of conversations.");
        }
        List<Found> all = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && line.length() <= MOST_LINE) {
                    addCalls(line, all);
                }
            }
        }
        if (all.size() != 1) {
            throw new UserError(
                    all.isEmpty()
                            ? "There is no call of that id"
                            : all.size() + " calls have that id",
                    "--call " + callId + " in " + file,
                    all.isEmpty()
                            ? "\"guard check --transcript\" prints the ids."
                            : "Name the conversation with --conversation; ids must differ in it.");
        }
        return all.getFirst();
    }

    private void addCalls(String line, List<Found> all) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException _) {
            return; // such a line has no call to approve
        }
        Conversation conversation = Conversation.of(node);
        if (conversationId != null && !conversation.id().equals(conversationId)) {
            return;
        }
        conversation.messages().stream()
                .flatMap(message -> message.calls().stream())
                .filter(call -> call.id().equals(callId))
                .forEach(call -> all.add(new Found(node, conversation, call)));
    }
}
