package dev.bartizan.cli;

import dev.bartizan.core.UserError;
import dev.bartizan.formats.images.LabelledArray;
import dev.bartizan.formats.npy.NpyArray;
import dev.bartizan.robustness.AttackedModel;
import dev.bartizan.robustness.data.AttackData;
import dev.bartizan.robustness.data.Labels;
import dev.bartizan.robustness.smoothing.SmoothedModel;
import dev.bartizan.robustness.smoothing.Smoothing;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.gradient.GradientException;
import dev.bartizan.tensors.inference.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bartizan certify`: the radii within which a classifier under noise keeps its answers.
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Certifies a classifier by randomized smoothing (Cohen, Rosenfeld and Kolter 2019): what it"
                    + " answers most often under Gaussian noise cannot be changed within an L2 radius,"
                    + " but for the chance --alpha for each example. The certificate is about the"
                    + " classifier under noise, which answers a vote; the file alone has none.",
            "",
            "Examples are read as by bartizan attack. More --samples give larger radii and take"
                    + " longer: the largest is sigma times 2.8 with 1,000 and 3.8 with 100,000."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan certify net.onnx --inputs x.npy --labels y.npy --sigma 0.25",
            "  bartizan certify mnist.onnx --inputs t10k-images-idx3-ubyte.gz --scale 255 \\",
            "      --labels t10k-labels-idx1-ubyte.gz --count 100 --sigma 0.5 --samples 10000"
        })
final class CertifyCommand extends ShellCommand {
    @Parameters(paramLabel = "MODEL", description = "An ONNX classifier with one input.")
    private Path model = Path.of("");

    @Mixin private AttackInputs inputs = new AttackInputs();

    @Option(
            names = "--sigma",
            paramLabel = "S",
            description =
                    "Standard deviation of the noise, in units after --scale. Default: that of a"
                            + " file which bartizan harden --smooth wrote; needed for others.")
    private double sigma;

    @Option(
            names = "--choosing",
            paramLabel = "N0",
            description = "Draws that choose the class of an example. Default: 100.")
    private int choosing = 100;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Draws that bound how often it comes. Default: 1000.")
    private int samples = 1000;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Chance that a certificate is wrong, for each example. Default: 0.001.")
    private double alpha = 0.001;

    @Option(
            names = "--radii",
            split = ",",
            paramLabel = "R",
            description = "Radii of the curve. Default: 0 to 4 sigma in eighths.")
    private List<Double> radii = List.of();

    @Option(names = "--seed", description = "Of all randomness. Default: 1.")
    private long seed = 1;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private AttackCommand.Format format = AttackCommand.Format.table;

    /// An example and what is certain of it.
    private record Certified(int label, Smoothing.Certificate certificate) {
        boolean isRight(double radius) {
            return certificate.answer().isPresent()
                    && certificate.answer().getAsInt() == label
                    && certificate.radius() >= radius;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DeployedModel net = inside(DeployedModel.read(model));
        requireSense();
        long started = System.nanoTime();
        long cpu = Cpu.nanos();
        List<Certified> found = certify(net);
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuSeconds = (Cpu.nanos() - cpu) / 1e9;
        if (format == AttackCommand.Format.json) {
            out().println(json(found, seconds, cpuSeconds).toPrettyString());
        } else {
            table(found, seconds, cpuSeconds);
        }
        out().flush();
        return 0;
    }

    private void requireSense() {
        boolean isSense = sigma > 0 && Double.isFinite(sigma) && choosing > 0 && samples > 0;
        if (!isSense || !(alpha > 0 && alpha < 0.5)) {
            throw new UserError(
                    "Noise, draws and alpha are above 0, and alpha below 0.5",
                    "--sigma "
                            + sigma
                            + " --choosing "
                            + choosing
                            + " --samples "
                            + samples
                            + " --alpha "
                            + alpha,
                    "See bartizan certify --help.");
        }
    }

    /// The classifier itself, where the file is one that votes under noise.
    private DeployedModel inside(DeployedModel given) {
        Optional<SmoothedModel.Inside> inside = SmoothedModel.inside(given.model());
        if (inside.isEmpty()) {
            return given;
        }
        if (sigma != 0 && sigma != inside.get().sigma()) {
            throw new UserError(
                    "The file votes under other noise than is to be certified",
                    "--sigma " + sigma + ", the file has " + inside.get().sigma(),
                    "Leave --sigma away, or certify the file that was smoothed.");
        }
        sigma = inside.get().sigma();
        return DeployedModel.of(inside.get().model());
    }

    private List<Certified> certify(DeployedModel net) throws IOException, InterruptedException {
        LabelledArray given = inputs.read();
        AttackData data =
                AttackData.of(net.model(), given.inputs(), inputs.count(), inputs.scaling());
        try (AttackedModel asked =
                AttackedModel.open(net, data.rowDims(), data.preprocessing(), Device.CPU)) {
            Optional<NpyArray> named = inputs.labels().or(given::labels);
            int[] labels =
                    named.isPresent()
                            ? Labels.of(
                                    named.get(), data.rows(), asked.classes(), inputs.labelsFrom())
                            : asked.answers(data.values());
            Smoothing smoothing = new Smoothing(asked, sigma, seed);
            Smoothing.Trials trials = new Smoothing.Trials(choosing, samples, alpha);
            List<Certified> found = new ArrayList<>();
            for (int row = 0; row < labels.length; row++) {
                float[] x = new float[asked.width()];
                System.arraycopy(data.values(), row * x.length, x, 0, x.length);
                found.add(new Certified(labels[row], smoothing.certify(x, trials)));
                show(row + 1, labels.length);
            }
            return found;
        } catch (GradientException e) {
            throw new UserError(
                    String.valueOf(e.getMessage()),
                    model.toString(),
                    "Give a classifier with one input of numbers and scores by class.",
                    e);
        }
    }

    private void show(int done, int of) {
        if (Terminal.isInteractive()) {
            String words = done < of ? "certify: example " + done + " of " + of : "";
            err().print("\r\u001b[2K" + words);
            err().flush();
        }
    }

    private List<Double> curve() {
        if (!radii.isEmpty()) {
            return radii;
        }
        List<Double> steps = new ArrayList<>();
        for (int i = 0; i <= 8; i++) {
            steps.add(i * sigma / 2);
        }
        return steps;
    }

    private static long right(List<Certified> found, double radius) {
        return found.stream().filter(each -> each.isRight(radius)).count();
    }

    private static long abstained(List<Certified> found) {
        return found.stream().filter(each -> each.certificate().answer().isEmpty()).count();
    }

    private ObjectNode json(List<Certified> found, double seconds, double cpuSeconds) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("n", found.size()).put("clean_correct", right(found, 0));
        node.put("abstained", abstained(found)).put("norm", "l2").put("sigma", sigma);
        node.put("choosing", choosing).put("samples", samples).put("alpha", alpha);
        node.put("seed", seed).put("seconds", seconds).put("cpu_seconds", cpuSeconds);
        ArrayNode curve = node.putArray("curve");
        for (double radius : curve()) {
            curve.addObject().put("radius", radius).put("certified", right(found, radius));
        }
        ArrayNode rows = node.putArray("rows");
        for (int i = 0; i < found.size(); i++) {
            ObjectNode row = rows.addObject().put("row", i).put("label", found.get(i).label());
            Smoothing.Certificate certificate = found.get(i).certificate();
            if (certificate.answer().isPresent()) {
                row.put("answer", certificate.answer().getAsInt());
            }
            row.put("radius", certificate.radius());
        }
        return node;
    }

    private void table(List<Certified> found, double seconds, double cpuSeconds) {
        out().printf(
                        Locale.ROOT,
                        "%d examples under noise of %s: %d answered rightly, %d without an answer%n",
                        found.size(),
                        sigma,
                        right(found, 0),
                        abstained(found));
        out().println("  radius (L2)  certified");
        for (double radius : curve()) {
            out().printf(
                            Locale.ROOT,
                            "  %11.4g  %d of %d (%.1f %%)%n",
                            radius,
                            right(found, radius),
                            found.size(),
                            100.0 * right(found, radius) / found.size());
        }
        out().printf(
                        Locale.ROOT,
                        "%d + %d draws for each, alpha %s, seed %d, %.1f s, %.1f s of CPU%n",
                        choosing,
                        samples,
                        alpha,
                        seed,
                        seconds,
                        cpuSeconds);
    }
}
