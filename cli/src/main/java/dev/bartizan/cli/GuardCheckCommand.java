package dev.bartizan.cli;

import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.GuardCheck;
import dev.bartizan.guard.canary.AnswerMarks;
import dev.bartizan.guard.policy.AddedStages;
import dev.bartizan.guard.policy.CallState;
import dev.bartizan.guard.policy.GuardPolicy;
import dev.bartizan.guard.policy.PolicyGuard;
import dev.bartizan.guard.policy.PolicyReader;
import dev.bartizan.guard.policy.SpentInMemory;
import dev.bartizan.guard.policy.SpentLimits;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.secrets.SecretFinder;
import dev.bartizan.guard.tools.Approver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bartizan guard check`: one line in, one line out.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Reads JSON lines and prints one line of judgement for each, in order. A bad line gives"
                    + " {\"id\",\"error\"} and the rest go on. Offsets are code points, end exclusive.",
            "",
            "With --jsonl lines are {\"id\",\"text\"[,\"kind\":\"user|document|tool-result|output\"]};"
                    + " with --transcript they are conversations in chat-completions form, and each"
                    + " tool call is allowed, blocked, or left to ask.",
            "",
            "Answers (\"kind\":\"output\") may carry \"system\" (the prompt they must not give"
                    + " away), \"sources\" (texts that their numbers and names must stand in) and"
                    + " \"schema\" (a JSON Schema that they must fit).",
            "",
            "With --canaries they are searched for the marks that \"guard canary\" put into their"
                    + " prompts; \"tenant\" says whose prompt it was, \"pledged\":true that it asked"
                    + " for a mark at the end.",
            "",
            "With --classifier a classifier of your own judges beside the one that ships, window by"
                    + " window; what it flags is a finding named as its label. A line that it gives no"
                    + " answer for is an error, never harmless.",
            "",
            "With --policy each line of a text also says the action (allow, warn, redact, tokenise,"
                    + " ask, block) and, where the policy changes it, the text that goes on. Lines may"
                    + " carry \"route\" and \"principal\"."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard check --jsonl < prompts.jsonl",
            "  bartizan guard check --transcript conversations.jsonl",
            "  bartizan guard check --transcript talks.jsonl --policy guard.yaml --state spent.json"
                    + " --approvals approvals.json",
            "  bartizan guard check --jsonl prompts.jsonl --policy guard/policy.yaml",
            "  bartizan guard check --jsonl logs.jsonl --secrets .gitleaks.toml",
            "  bartizan guard check --jsonl answers.jsonl --canaries guard.key",
            "  bartizan guard check --jsonl prompts.jsonl --classifier my-model"
                    + " --calibration calibration.json",
            "  bartizan guard check --jsonl prompts.jsonl --pack team.rules=sha256:9f2c…"
        })
final class GuardCheckCommand extends ShellCommand {
    private static final int MAX_RULE_BYTES = 8 << 20;

    @Option(
            names = "--jsonl",
            arity = "0..1",
            fallbackValue = "-",
            paramLabel = "FILE",
            description = "Texts, one a line; standard input without a file.")
    private @Nullable String texts;

    @Option(
            names = "--transcript",
            arity = "0..1",
            fallbackValue = "-",
            paramLabel = "FILE",
            description = "Conversations, one a line; standard input without a file.")
    private @Nullable String transcripts;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "A policy file: what findings and calls lead to, and for whom.")
    private @Nullable Path policy;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description =
                    "Rules for secrets in gitleaks form (TOML), beside those that come with the guard.")
    private @Nullable Path secrets;

    @Option(
            names = "--canaries",
            paramLabel = "FILE",
            description = "The key that marks in prompts were made of: look for them in answers.")
    private @Nullable Path canaries;

    @Option(
            names = "--classifier-threshold",
            paramLabel = "P",
            description =
                    "Probability from which on your classifier flags (default: 0.5, or that of"
                            + " its calibration).")
    private @Nullable Double threshold;

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description =
                    "What \"guard calibrate\" wrote, for your classifier or the one that ships; may be"
                            + " given for both.")
    private List<Path> calibrations = List.of();

    @Option(
            names = "--approvals",
            paramLabel = "FILE",
            description =
                    "Approvals of calls, as \"guard approve\" gives them: a call to ask for goes"
                            + " through when it is approved, once.")
    private @Nullable Path approvals;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "Where calls and amounts are counted for limits over time (\"per\" in the"
                            + " policy), for each principal; made when it is not there.")
    private @Nullable Path state;

    @Mixin private GuardClassifierOptions own = new GuardClassifierOptions();

    @Mixin private GuardPackOption packs = new GuardPackOption();

    @Mixin private GuardCanaryOptions rotation = new GuardCanaryOptions();

    @Override
    public Integer call() throws IOException {
        if (transcripts != null) {
            return check(transcripts, GuardCheck.Input.TRANSCRIPTS);
        }
        return check(texts == null ? "-" : texts, GuardCheck.Input.TEXTS);
    }

    private int check(String source, GuardCheck.Input input) throws IOException {
        try (Reader lines =
                        new BufferedReader(
                                new InputStreamReader(open(source), StandardCharsets.UTF_8));
                AddedStages stages = new AddedStages()) {
            Optional<GuardPolicy> read = Optional.ofNullable(policy).map(PolicyReader::read);
            Guard guard = new Guard(stages(stages, read));
            Optional<PolicyGuard> under =
                    read.map(one ->
                            new PolicyGuard(guard, one, InstantSource.system(), callState(one)));
            Optional<AnswerMarks> marks =
                    canaries == null
                            ? Optional.empty()
                            : Optional.of(
                                    new AnswerMarks(
                                            rotation.canaries(canaries), InstantSource.system()));
            new GuardCheck(guard)
                    .check(lines, out(), new GuardCheck.Options(input, under, marks, approver()));
        }
        out().flush();
        return 0;
    }

    private Optional<Approver> approver() {
        return Optional.ofNullable(approvals)
                .map(file -> new GuardStateFiles.Approved(file, InstantSource.system()));
    }

    private CallState callState(GuardPolicy under) {
        if (state == null && under.countsOverTime() && transcripts != null) {
            throw new UserError(
                    "The policy limits calls over time, and there is nowhere to count them",
                    String.valueOf(policy),
                    "Name a file with --state FILE.");
        }
        SpentLimits spent =
                state == null
                        ? new SpentInMemory(InstantSource.system())
                        : new GuardStateFiles.Spent(state, InstantSource.system());
        return new CallState(approver(), spent);
    }

    private Guard.Stages stages(AddedStages stages, Optional<GuardPolicy> read) throws IOException {
        if (read.isPresent() && policy != null) {
            stages.with(read.get(), policy);
        }
        Optional<LoadedClassifier> classifier = own.open();
        if (classifier.isPresent()) {
            err().println("bartizan: " + classifier.get().description());
            stages.with(classifier.get());
        }
        if (threshold != null) {
            stages.withThreshold(threshold);
        }
        for (Path file : calibrations) {
            stages.withCalibration(file);
        }
        for (RulePack pack : packs.read()) {
            err().println("bartizan: rules " + pack.origin());
            stages.withPack(pack);
        }
        Guard.Stages shipped = Guard.Stages.shipped();
        return stages.over(secrets == null ? shipped : shipped.withSecrets(secrets(secrets)));
    }

    private static SecretFinder secrets(Path secrets) throws IOException {
        byte[] bytes = NamedFile.bytes(secrets, MAX_RULE_BYTES, "file of rules in gitleaks' form");
        String rules = new String(bytes, StandardCharsets.UTF_8);
        return SecretFinder.shippedWith(rules, secrets.toString());
    }

    private static InputStream open(String source) throws IOException {
        if (source.equals("-")) {
            return System.in;
        }
        Path file = Path.of(source);
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    "There is no such file",
                    source,
                    "Name a file of JSON lines, or - for standard input.");
        }
        return Files.newInputStream(file);
    }
}
