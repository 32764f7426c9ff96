package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.policy.AddedStages;
import dev.bartizan.guard.policy.GuardPolicy;
import dev.bartizan.guard.policy.PolicyDiff;
import dev.bartizan.guard.policy.PolicyGuard;
import dev.bartizan.guard.policy.PolicyReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `bartizan guard policy-diff`: recorded traffic under two policies.
@Command(
        name = "policy-diff",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Judges recorded traffic under two policies and prints what would come out otherwise.",
            "",
            "Traffic is JSON lines as \"guard check\" reads them, texts and conversations mixed."
        },
        footerHeading = "%nExample:%n",
        footer = "  bartizan guard policy-diff old.yaml new.yaml --traffic recorded.jsonl")
final class PolicyDiffCommand extends ShellCommand {
    @Parameters(index = "0", paramLabel = "OLD", description = "The policy in force.")
    private @Nullable Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy to try.")
    private @Nullable Path after;

    @Option(
            names = "--traffic",
            required = true,
            paramLabel = "FILE",
            description = "Recorded texts and conversations, one a line.")
    private @Nullable Path traffic;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: table).")
    private String format = "table";

    @Override
    public Integer call() throws IOException {
        if (before == null || after == null || traffic == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        boolean isJson = format.equals("json");
        if (!isJson && !format.equals("table")) {
            throw Mistakes.unknown("format", format, "table, json");
        }
        if (!Files.isRegularFile(traffic)) {
            throw new UserError(
                    "There is no such file", traffic.toString(), "Name a file of JSON lines.");
        }
        try (AddedStages oldStages = new AddedStages();
                AddedStages newStages = new AddedStages();
                Reader lines = Files.newBufferedReader(traffic)) {
            PolicyGuard old = under(before, oldStages);
            PolicyGuard tried = under(after, newStages);
            PolicyDiff diff = PolicyDiff.of(old, tried, lines);
            if (isJson) {
                out().println(JsonMapper.builder().build().writeValueAsString(diff));
            } else {
                table(diff);
            }
        }
        out().flush();
        return 0;
    }

    private static PolicyGuard under(Path file, AddedStages stages) throws IOException {
        GuardPolicy policy = PolicyReader.read(file);
        Guard guard = new Guard(stages.with(policy, file).over(Guard.Stages.shipped()));
        return new PolicyGuard(guard, policy, InstantSource.system());
    }

    private void table(PolicyDiff diff) {
        for (PolicyDiff.Change change : diff.changes()) {
            String which =
                    change.call().isEmpty() ? change.id() : change.id() + " " + change.call();
            out().println(
                            which
                                    + "  "
                                    + change.before()
                                    + " → "
                                    + change.after()
                                    + "  "
                                    + change.reason());
        }
        long changed = diff.counts().values().stream().mapToLong(Long::longValue).sum();
        out().println(
                        diff.lines()
                                + " lines, "
                                + changed
                                + " outcomes differ, "
                                + diff.errors()
                                + " lines could not be judged");
        diff.counts().forEach((change, count) -> out().println("  " + change + "  " + count));
    }
}
