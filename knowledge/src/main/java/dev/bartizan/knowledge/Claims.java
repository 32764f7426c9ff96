package dev.bartizan.knowledge;

import dev.bartizan.core.Claim;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The one list of claims. To add one, add a line to `claims.json`.
public final class Claims {
    private final Map<String, ClaimCard> cards;

    private Claims(Map<String, ClaimCard> cards) {
        this.cards = cards;
    }

    /// The list that comes with the tool.
    public static Claims bundled() {
        try (InputStream in = Claims.class.getResourceAsStream("claims.json")) {
            if (in == null) {
                throw new IllegalStateException("claims.json is missing from the jar");
            }
            Map<String, ClaimCard> cards = new LinkedHashMap<>();
            for (JsonNode entry : JsonMapper.shared().readTree(in)) {
                ClaimCard card = read(entry);
                if (cards.put(card.claim().name(), card) != null) {
                    throw new IllegalStateException("Claim listed twice: " + card.claim());
                }
            }
            return new Claims(cards);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClaimCard read(JsonNode entry) {
        return new ClaimCard(
                new Claim(entry.required("id").asString()),
                entry.required("kind").asString(),
                entry.required("weakness").asString(),
                entry.required("confirmed").asString(),
                entry.required("refuted").asString());
    }

    /// What a claim means; a claim about one protocol means what its base means.
    public Optional<ClaimCard> card(Claim claim) {
        return Optional.ofNullable(cards.get(claim.base()));
    }

    /// All of them, in the list's order.
    public List<ClaimCard> all() {
        return List.copyOf(new ArrayList<>(cards.values()));
    }
}
