package dev.bartizan.cli.contributing;

import dev.bartizan.core.AiSystem;
import dev.bartizan.core.Check;
import dev.bartizan.core.CheckCard;
import dev.bartizan.core.Claim;
import dev.bartizan.core.Context;
import dev.bartizan.core.Digest;
import dev.bartizan.core.Element;
import dev.bartizan.core.Observation;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.TargetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks whether a model card beside the model says what it was trained on.
public final class ModelCardCheck implements Check {
    private static final Claim LINEAGE_UNKNOWN = new Claim("data-lineage-unknown");
    private static final long MAX_BYTES = 1 << 20;

    @Override
    public CheckCard card() {
        return new CheckCard(
                "model-card",
                "The model card says what the model was trained on",
                "1",
                List.of(LINEAGE_UNKNOWN),
                CheckCard.Cost.SECONDS,
                CheckCard.Effects.NONE,
                Duration.ofDays(90),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public boolean isApplicable(AiSystem system, Element element) {
        return system.artifact(element).isPresent();
    }

    @Override
    public Optional<TargetDigest> target(AiSystem system, Element element) throws IOException {
        Path card = modelCard(system, element);
        if (!Files.isRegularFile(card)) {
            return Optional.empty();
        }
        return Optional.of(TargetDigest.pinned(Digest.ofFile(card), "MODEL_CARD.md"));
    }

    @Override
    public List<Observation> run(AiSystem system, Element element, Context context)
            throws IOException {
        return List.of(look(modelCard(system, element)));
    }

    private static Observation look(Path card) throws IOException {
        if (!Files.isRegularFile(card)) {
            return Observation.of(
                    LINEAGE_UNKNOWN,
                    Outcome.Confirmed.deterministic(),
                    "No MODEL_CARD.md lies beside the model");
        }
        if (Files.size(card) > MAX_BYTES) {
            return Observation.of(
                    LINEAGE_UNKNOWN,
                    new Outcome.CouldNotTell("the card is larger than " + MAX_BYTES + " bytes"),
                    "The model card was not read");
        }
        boolean saysIt = Files.readString(card).contains("## Training data");
        return saysIt
                ? Observation.of(
                        LINEAGE_UNKNOWN,
                        new Outcome.Cleared("the model card", List.of("whether it is true")),
                        "The model card has a section on training data")
                : Observation.of(
                        LINEAGE_UNKNOWN,
                        Outcome.Confirmed.deterministic(),
                        "The model card has no section \"Training data\"");
    }

    private static Path modelCard(AiSystem system, Element element) {
        return system.artifact(element)
                .map(model -> model.resolveSibling("MODEL_CARD.md"))
                .orElse(system.resolve("MODEL_CARD.md"));
    }
}
