package dev.bartizan.tensors;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Context;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Finding;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.Severity;
import dev.bartizan.core.TargetDigest;
import dev.bartizan.core.UserError;
import dev.bartizan.formats.npy.NpyFormatException;
import dev.bartizan.formats.onnx.OnnxFormatException;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import dev.bartizan.tensors.inference.ModelPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Loads an ONNX model in ONNX Runtime and holds it against what the system file says of it: its
/// inputs and outputs, its accuracy on samples, and what it does with abnormal inputs.
public final class ModelContractCheck implements Check {
    private static final Claim CONTRACT = new Claim("model-keeps-its-contract");
    private static final List<Claim> CLAIMS =
            List.of(CONTRACT, CleanAccuracy.CLAIM, AbnormalBehaviour.CLAIM);
    private static final String MEND_MODEL =
            "Export the model again, and load it in ONNX Runtime before you publish it.";
    private static final String MEND_PORTS =
            "Correct the contract in the system file, or export the model with these ports.";
    private static final int STEPS = 3;

    /// Found by `ServiceLoader`.
    public ModelContractCheck() {}

    @Override
    public CheckCard card() {
        return new CheckCard(
                "model-contract",
                "The ONNX model loads and behaves as declared",
                "1",
                CLAIMS,
                CheckCard.Cost.SECONDS,
                CheckCard.Effects.NONE,
                Duration.ofDays(90),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return OnnxFile.path(system, element).isPresent();
    }

    @Override
    public Optional<TargetDigest> target(AiSystem system, Element element) throws IOException {
        Optional<Path> path = OnnxFile.path(system, element).filter(Files::isRegularFile);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("model", Digest.ofFile(path.get()).hex());
        parts.put("contract", element.attributes().map("contract").values().toString());
        Samples.describe(system, element, parts);
        try {
            OnnxFile.read(path.get(), element).external().describe(parts);
        } catch (OnnxFormatException | ExternalDataException e) {
            parts.put("external", "unreadable");
        }
        return Optional.of(TargetDigest.pinned(Digest.composite(parts), what(element)));
    }

    private static String what(Element element) {
        String samples = element.attributes().has("samples") ? " with samples" : "";
        return AiSystem.artifactName(element).orElse("") + samples;
    }

    @Override
    public List<Observation> run(AiSystem system, Element element, Context context)
            throws IOException, InterruptedException {
        Path path = OnnxFile.path(system, element).orElseThrow();
        if (!Files.isRegularFile(path)) {
            return cannotTell("There is no file " + path + " to load");
        }
        OnnxFile file;
        try {
            file = OnnxFile.read(path, element);
        } catch (OnnxFormatException e) {
            return e.isLimit() ? cannotTell(message(e)) : invalid(element, message(e));
        } catch (ExternalDataException e) {
            return cannotTell(message(e));
        }
        List<String> custom = CustomOperators.of(file.model());
        if (!custom.isEmpty()) {
            return cannotTell(
                    "The model needs operators that only a library of native code has, and none is"
                            + " loaded: "
                            + String.join(", ", custom));
        }
        context.progress().at(0, STEPS, "loading " + file.name());
        try (InferenceSession session =
                InferenceSession.open(file.selfContained(), InferenceLimits.DEFAULT)) {
            return observe(system, element, context, file, session);
        } catch (InferenceException e) {
            return e.kind() == InferenceException.Kind.INVALID_MODEL
                    ? invalid(element, message(e))
                    : cannotTell("The model was not loaded: " + message(e));
        } catch (ExternalDataException e) {
            return cannotTell(message(e));
        }
    }

    private static String message(IOException e) {
        return String.valueOf(e.getMessage());
    }

    private static List<Observation> cannotTell(String reason) {
        return CLAIMS.stream()
                .map(claim -> Observation.of(claim, new Outcome.CouldNotTell(reason), reason))
                .toList();
    }

    private static List<Observation> invalid(Element element, String message) {
        String summary = "The model does not load: " + message;
        List<Observation> observations = new ArrayList<>(cannotTell(summary));
        observations.set(0, broken(element, summary, "model-does-not-load", MEND_MODEL));
        return observations;
    }

    private static Observation broken(Element element, String summary, String rule, String mend) {
        return new Observation(
                CONTRACT,
                Outcome.Confirmed.deterministic(),
                summary,
                List.of(
                        new Finding(
                                rule,
                                Severity.MEDIUM,
                                summary,
                                what(element),
                                mend,
                                List.of(),
                                List.of())),
                List.of());
    }

    private static List<Observation> observe(
            AiSystem system,
            Element element,
            Context context,
            OnnxFile file,
            InferenceSession session)
            throws IOException, InterruptedException {
        ModelContract contract = ModelContract.of(element.attributes());
        List<Observation> observations = new ArrayList<>();
        observations.add(ports(element, contract, session));
        Samples samples;
        try {
            samples = Samples.read(system, element);
        } catch (NpyFormatException e) {
            observations.addAll(cannotTell("Samples: " + message(e)).subList(1, CLAIMS.size()));
            return observations;
        } catch (UserError e) {
            observations.addAll(
                    cannotTell("Samples: " + e.what() + " (" + e.where() + "). " + e.mend())
                            .subList(1, CLAIMS.size()));
            return observations;
        }
        Optional<Classifier> classifier = Classifier.of(session, file.model().graph());
        context.progress().at(1, STEPS, "accuracy on the samples");
        observations.add(
                CleanAccuracy.observe(classifier, samples, contract.accuracy(), file.name()));
        context.progress().at(2, STEPS, "abnormal inputs");
        observations.add(AbnormalBehaviour.observe(classifier, samples, file.name()));
        context.progress().at(STEPS, STEPS, "done");
        return observations;
    }

    private static Observation ports(
            Element element, ModelContract contract, InferenceSession session) {
        String found = "inputs " + text(session.inputs()) + ", outputs " + text(session.outputs());
        if (contract.inputs().isEmpty() && contract.outputs().isEmpty()) {
            String reason =
                    "The model loads with "
                            + found
                            + "; no inputs and outputs are declared under contract";
            return Observation.of(CONTRACT, new Outcome.CouldNotTell(reason), reason);
        }
        List<String> differences = new ArrayList<>();
        List<String> notCovered = new ArrayList<>();
        if (contract.inputs().isEmpty()) {
            notCovered.add("inputs, which are not declared");
        } else {
            differences.addAll(
                    ModelContract.differences("input", contract.inputs(), session.inputs()));
        }
        if (contract.outputs().isEmpty()) {
            notCovered.add("outputs, which are not declared");
        } else {
            differences.addAll(
                    ModelContract.differences("output", contract.outputs(), session.outputs()));
        }
        if (!differences.isEmpty()) {
            return broken(
                    element,
                    "The model is not what is declared: " + String.join("; ", differences),
                    "model-differs-from-contract",
                    MEND_PORTS);
        }
        return Observation.of(
                CONTRACT,
                new Outcome.Cleared("names and sizes of inputs and outputs", notCovered),
                "The model loads as declared: " + found);
    }

    private static String text(List<ModelPort> ports) {
        return ports.stream().map(ModelPort::toString).collect(Collectors.joining(", "));
    }
}
