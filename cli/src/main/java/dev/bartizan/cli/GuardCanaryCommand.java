package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.canary.Canaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan guard canary`: marks in prompts.
@Command(
        name = "canary",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Prints a system prompt with a mark in it. The mark comes from a secret key, differs for"
                    + " each tenant and changes with time.",
            "",
            "--use leak: the mark must never come out; when it does (also in pieces, backwards or"
                    + " encoded), the prompt leaked. --use hijack: the prompt asks the model to end"
                    + " its answer with the mark; when it is missing, the answer follows somebody"
                    + " else.",
            "",
            "\"guard check --canaries KEY\" looks for the marks in lines"
                    + " {\"id\",\"text\",\"kind\":\"output\",\"tenant\"[,\"pledged\":true]} and reports"
                    + " canary-leak and goal-hijack; under a policy they belong to the topic answers."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard key guard.key",
            "  bartizan guard canary prompt.txt --key guard.key --tenant acme > marked.txt",
            "  bartizan guard canary prompt.txt --key guard.key --tenant acme --use hijack",
            "  bartizan guard check --jsonl answers.jsonl --canaries guard.key"
        })
final class GuardCanaryCommand extends ShellCommand {
    private static final long MAX_BYTES = 4L << 20;

    @Parameters(
            arity = "0..1",
            paramLabel = "PROMPT",
            description = "File of the prompt; without it the mark alone is printed.")
    private @Nullable Path prompt;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The secret key, as \"guard key\" makes it.")
    private @Nullable Path key;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Whose prompt it is; each tenant has marks of its own.")
    private String tenant = "";

    @Option(
            names = "--use",
            paramLabel = "USE",
            defaultValue = "leak",
            description = "leak or hijack (default: leak).")
    private String use = "leak";

    @Mixin private GuardCanaryOptions rotation = new GuardCanaryOptions();

    @Override
    public Integer call() throws IOException {
        if (key == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        boolean isLeak = use.equals("leak");
        if (!isLeak && !use.equals("hijack")) {
            throw Mistakes.unknown("use", use, "leak, hijack");
        }
        Canaries canaries = rotation.canaries(key);
        Instant now = Instant.now();
        if (prompt == null) {
            out().println(
                            canaries.mark(
                                    tenant, isLeak ? Canaries.Use.LEAK : Canaries.Use.HIJACK, now));
        } else {
            String text = text(prompt);
            out().println(
                            isLeak
                                    ? canaries.guarded(text, tenant, now)
                                    : canaries.pledged(text, tenant, now));
        }
        out().flush();
        return 0;
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            throw new UserError(
                    "There is no such file, or it is larger than " + MAX_BYTES + " bytes",
                    file.toString(),
                    "Name a text file with the system prompt.");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).stripTrailing();
    }
}
