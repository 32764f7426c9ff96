package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.guard.inputs.QueryLog;
import dev.bartizan.guard.inputs.QueryWatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bartizan guard inputs watch`: what the queries of each client look like.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Reads queries, one JSON object a line, {\"client\",\"input\":[numbers],\"answer\":[class"
                    + " probabilities][,\"id\"]}, and prints for each, in order, what the client's"
                    + " queries look like by then: {\"id\",\"client\",\"pattern\"}. A bad line gives"
                    + " {\"id\",\"error\"} and the rest go on.",
            "",
            "usual; search: many queries close to one another, as of an attack that looks for a way"
                    + " around an input; extraction: many queries near the border in places not asked"
                    + " before, as of somebody who copies the model. Memory is bounded: 4096 clients"
                    + " of about twenty kilobytes, the longest silent goes first."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard inputs watch queries.jsonl --step 0.05",
            "  tail -f queries.jsonl | bartizan guard inputs watch --step 0.5 --window 50",
            "  bartizan guard inputs watch queries.jsonl --similar-share 0.2 --gain-share 0.4"
        })
final class GuardInputsWatchCommand extends ShellCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "QUERIES",
            description = "A file of queries; standard input without it.")
    private @Nullable Path file;

    @Option(
            names = "--step",
            paramLabel = "S",
            defaultValue = "0.05",
            description =
                    "Changes of a feature below this do not make two queries differ (default: 0.05).")
    private double step = 0.05;

    @Option(
            names = "--window",
            paramLabel = "N",
            defaultValue = "100",
            description = "Queries of a client looked at together, 20 to 128 (default: 100).")
    private int window = 100;

    @Option(
            names = "--similar-share",
            paramLabel = "SHARE",
            defaultValue = "0.3",
            description = "Share of near queries that is a search (default: 0.3).")
    private double similar = 0.3;

    @Option(
            names = "--gain-share",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Share of telling queries that is an extraction (default: 0.5).")
    private double gain = 0.5;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the sketches, to repeat a run; a secret one without it.")
    private @Nullable Long seed;

    @Override
    public Integer call() throws IOException {
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new UserError("A step is above 0", "--step " + step, "Write for example 0.05.");
        }
        if (file != null && !Files.isRegularFile(file)) {
            throw new UserError(
                    "There is no such file",
                    file.toString(),
                    "Name a file of JSON lines, or none.");
        }
        QueryWatch watch =
                new QueryWatch(step, limits(), seed == null ? new SecureRandom().nextLong() : seed);
        try (InputStream in = file == null ? System.in : Files.newInputStream(file);
                Reader lines = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            QueryLog log = new QueryLog(watch);
            log.watch(lines, out());
            err().println("bartizan: " + log.summary());
        }
        out().flush();
        return 0;
    }

    private QueryWatch.Limits limits() {
        try {
            return new QueryWatch.Limits(window, similar, gain);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()),
                    "--window " + window + " --similar-share " + similar + " --gain-share " + gain,
                    "Leave them out for the usual limits.",
                    e);
        }
    }
}
