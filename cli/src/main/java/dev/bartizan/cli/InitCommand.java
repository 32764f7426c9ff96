package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.threats.templates.Answers;
import dev.bartizan.threats.templates.Answers.Approval;
import dev.bartizan.threats.templates.Answers.Hosting;
import dev.bartizan.threats.templates.Answers.Reach;
import dev.bartizan.threats.templates.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan init`: a system file to start from.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Writes a system file for one of the ten commonest shapes of AI systems. On a terminal it"
                    + " asks for what no option says; elsewhere it needs --shape and takes defaults.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan init                                      five questions",
            "  bartizan init --list                               the shapes",
            "  bartizan init --shape rag-chatbot --reach public --data personal-data",
            "  bartizan init --shape coding-agent --approval always --out agent.yaml"
        })
final class InitCommand extends ShellCommand {
    @Parameters(arity = "0..1", paramLabel = "SHAPE", description = "The same as --shape.")
    private @Nullable String named;

    @Option(names = "--shape", paramLabel = "SHAPE", description = "What is built; see --list.")
    private @Nullable String shape;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "Name of the system. Default: the shape's.")
    private @Nullable String name;

    @Option(
            names = "--reach",
            paramLabel = "public|partner|internal",
            description = "Who can send it requests. Default: public.")
    private @Nullable String reach;

    @Option(
            names = "--data",
            paramLabel = "KIND",
            split = ",",
            description =
                    "Data it holds: personal-data, health-data, payment-data, credentials, secrets,"
                            + " trade-secrets, licensed-data, public-data. Default: personal-data.")
    private @Nullable List<String> data;

    @Option(
            names = "--hosting",
            paramLabel = "self|partner|third-party",
            description = "Who runs the model. Default: third-party.")
    private @Nullable String hosting;

    @Option(
            names = "--approval",
            paramLabel = "none|sampled|always",
            description = "Whether a person approves what it does. Default: none.")
    private @Nullable String approval;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Where it goes, never over an existing file; - prints it."
                            + " Default: system.yaml.")
    private Path out = Path.of("system.yaml");

    @Option(names = "--list", description = "List the shapes.")
    private boolean isList;

    @Override
    public Integer call() throws IOException {
        if (isList) {
            for (Shape each : Shape.values()) {
                out().printf("%-20s  %s%n", each.word(), each.gist());
            }
            out().flush();
            return 0;
        }
        boolean isPrinted = out.toString().equals("-");
        if (!isPrinted && Files.exists(out)) {
            throw new UserError(
                    "There is a file already",
                    out.toString(),
                    "Name another with --out, or remove it.");
        }
        Questions questions = Terminal.isInteractive() ? asking() : Questions.withDefaults();
        Shape chosen = shape(questions);
        String text = chosen.fill(answers(chosen, questions));
        if (isPrinted) {
            out().print(text);
        } else {
            Outputs.replace(out, text);
            out().println("Wrote " + out + ". Change it to what is true at your place, then run:");
            out().println("  bartizan threats " + out);
            out().println("  bartizan assess " + out);
        }
        out().flush();
        return 0;
    }

    private Questions asking() {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return new Questions(Optional.of(lines), err());
    }

    private Shape shape(Questions questions) throws IOException {
        String word =
                questions.answer(
                        "shape",
                        shape == null ? named : shape,
                        "What do you build?",
                        Shape.words(),
                        "");
        return Shape.named(word).orElseThrow();
    }

    private Answers answers(Shape chosen, Questions questions) throws IOException {
        Reach who =
                Reach.valueOf(
                        constant(
                                questions.answer(
                                        "reach",
                                        reach,
                                        "Who can send it requests?",
                                        words(Reach.values()),
                                        "public")));
        List<String> kinds =
                questions.answers(
                        "data", data, "Which data does it hold?", Answers.DATA, "personal-data");
        Hosting host =
                Hosting.valueOf(
                        constant(
                                questions.answer(
                                        "hosting",
                                        hosting,
                                        "Who runs the model?",
                                        words(Hosting.values()),
                                        "third-party")));
        Approval consent =
                Approval.valueOf(
                        constant(
                                questions.answer(
                                        "approval",
                                        approval,
                                        "Does a person approve what it does?",
                                        words(Approval.values()),
                                        "none")));
        return new Answers(
                Optional.ofNullable(name).orElse(chosen.title()), who, kinds, host, consent);
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values).map(each -> word(each.name())).toList();
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
