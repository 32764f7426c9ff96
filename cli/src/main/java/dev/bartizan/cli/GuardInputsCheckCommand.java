package dev.bartizan.cli;

import dev.bartizan.core.Binomial;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Interval;
import dev.bartizan.core.NamedFile;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.inputs.InputProfile;
import dev.bartizan.guard.inputs.InputProfile.Steadiness;
import dev.bartizan.guard.inputs.InputProfileFile;
import dev.bartizan.guard.inputs.Stability;
import dev.bartizan.guard.inputs.Strange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bartizan guard inputs check`: new inputs against a profile.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Says which inputs are strange: of another shape (shape), no numbers (not-finite), far"
                    + " outside what training data holds in one feature (range) or as a whole"
                    + " (distance), or with an answer that does not hold (unstable, with --model).",
            "",
            "Exit code 1 when more of them are strange than --fail-on-share; without it always 0."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan guard inputs check --inputs new.csv --profile profile.json",
            "  bartizan guard inputs check --inputs new.npz --profile profile.json --model net.onnx"
                    + " --format json",
            "  bartizan guard inputs check --inputs new.npz --profile p.json --fail-on-share 0.05"
        })
final class GuardInputsCheckCommand extends ShellCommand {
    @Mixin private GuardInputOptions inputs = new GuardInputOptions();

    @Option(
            names = "--profile",
            required = true,
            paramLabel = "FILE",
            description = "What \"guard inputs fit\" wrote.")
    private @Nullable Path profileFile;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model that the profile was made with, to look for unstable answers.")
    private @Nullable Path model;

    @Option(
            names = "--fail-on-share",
            paramLabel = "SHARE",
            description = "Exit code 1 when a larger share of the inputs is strange.")
    private @Nullable Double failOn;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: table).")
    private String format = "table";

    /// What is strange about one input.
    private record Found(int index, List<Strange> problems) {}

    @Override
    public Integer call() throws IOException {
        if (profileFile == null) {
            throw new IllegalStateException("picocli gives required values");
        }
        boolean isJson = format.equals("json");
        if (!isJson && !format.equals("table")) {
            throw Mistakes.unknown("format", format, "table, json");
        }
        if (failOn != null && !(failOn >= 0 && failOn <= 1)) {
            throw new UserError(
                    "A share is from 0 to 1", "--fail-on-share " + failOn, "Write 0.05 for 5 %.");
        }
        byte[] bytes =
                NamedFile.bytes(profileFile, InputProfileFile.MAX_BYTES, "profile of inputs");
        InputProfile profile = InputProfileFile.read(bytes, profileFile.toString());
        List<Found> found = new ArrayList<>();
        try (GuardInputRows read = GuardInputRows.open(inputs, model)) {
            Optional<Stability> stability = stability(profile, read);
            for (int i = 0; i < read.rows().size(); i++) {
                found.add(new Found(i, problems(profile, stability, read.rows().get(i))));
            }
        }
        long strange = found.stream().filter(one -> !one.problems().isEmpty()).count();
        if (isJson) {
            out().println(json(profile, found, strange));
        } else {
            table(found, strange);
        }
        out().flush();
        return failOn != null && strange > failOn * found.size() ? 1 : 0;
    }

    private Optional<Stability> stability(InputProfile profile, GuardInputRows read)
            throws IOException {
        if (model == null) {
            if (profile.stability().isPresent()) {
                err().println("bartizan: without --model, unstable answers are not looked for");
            }
            return Optional.empty();
        }
        Steadiness steady =
                profile.stability()
                        .orElseThrow(() ->
                                new UserError(
                                        "The profile was made without a model",
                                        "--model " + model,
                                        "Make it again: bartizan guard inputs fit --model."));
        Digest now = Digest.ofFile(model);
        if (!now.equals(steady.model())) {
            throw new UserError(
                    "The profile is of another model, " + steady.model() + ", not " + now,
                    "--model " + model,
                    "Make it again: bartizan guard inputs fit --model " + model + ".");
        }
        return Optional.of(
                new Stability(
                        read.answers(),
                        steady.step(),
                        steady.shake(),
                        steady.seed(),
                        steady.threshold()));
    }

    private static List<Strange> problems(
            InputProfile profile, Optional<Stability> stability, double[] row) {
        List<Strange> problems = new ArrayList<>();
        Optional<Strange> found = profile.features().problem(row);
        found.ifPresent(problems::add);
        boolean canBeAsked =
                found.filter(one ->
                                one.kind() == Strange.Kind.SHAPE
                                        || one.kind() == Strange.Kind.NOT_FINITE)
                        .isEmpty();
        if (canBeAsked) {
            stability.flatMap(one -> one.problem(row)).ifPresent(problems::add);
        }
        return problems;
    }

    private static String json(InputProfile profile, List<Found> found, long strange) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode();
        ObjectNode known = root.putObject("profile");
        known.put("set", profile.set().toString());
        known.put("inputs", profile.inputs());
        known.put("rate", profile.rate());
        ObjectNode summary = root.putObject("summary");
        summary.put("inputs", found.size());
        summary.put("strange", strange);
        Interval interval = Binomial.clopperPearson((int) strange, found.size(), 0.95);
        summary.put("share", (double) strange / found.size());
        summary.putArray("interval").add(interval.low()).add(interval.high());
        ObjectNode kinds = summary.putObject("kinds");
        kinds(found).forEach(kinds::put);
        ArrayNode all = root.putArray("inputs");
        for (Found one : found) {
            ObjectNode node = all.addObject();
            node.put("index", one.index());
            node.put("verdict", one.problems().isEmpty() ? "usual" : "strange");
            ArrayNode problems = node.putArray("problems");
            for (Strange problem : one.problems()) {
                problems.addObject()
                        .put("kind", problem.kind().label())
                        .put("reason", problem.reason());
            }
        }
        return mapper.writeValueAsString(root);
    }

    private static Map<String, Integer> kinds(List<Found> found) {
        Map<String, Integer> kinds = new TreeMap<>();
        found.forEach(one ->
                one.problems()
                        .forEach(problem -> kinds.merge(problem.kind().label(), 1, Integer::sum)));
        return kinds;
    }

    private void table(List<Found> found, long strange) {
        for (Found one : found) {
            for (Strange problem : one.problems()) {
                out().println(
                                one.index()
                                        + "  "
                                        + problem.kind().label()
                                        + "  "
                                        + problem.reason());
            }
        }
        Interval interval = Binomial.clopperPearson((int) strange, found.size(), 0.95);
        out().println(
                        String.format(
                                Locale.ROOT,
                                "%d of %d inputs are strange, %.2f %% (95 %% interval %.2f to %.2f %%)",
                                strange,
                                found.size(),
                                100.0 * strange / found.size(),
                                100 * interval.low(),
                                100 * interval.high()));
        kinds(found).forEach((kind, count) -> out().println("  " + kind + "  " + count));
    }
}
