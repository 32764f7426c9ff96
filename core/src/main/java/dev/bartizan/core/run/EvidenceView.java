package dev.bartizan.core.run;

import dev.bartizan.core.Digest;
import dev.bartizan.core.Evidence;
import dev.bartizan.core.Outcome;
import dev.bartizan.core.TargetDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The evidence of a ledger with the age of each piece, newest first.
///
/// Of the pieces that one source left on one claim at one element, the newest counts, and with it
/// every confirmation that the same version of the check made at the same target: a later run with
/// less luck does not take an attack back. A newer version of a check, or a changed target, does
/// supersede.
public final class EvidenceView {
    private final List<Evidence> newestFirst;
    private final Map<String, Age> ages;

    private EvidenceView(List<Evidence> newestFirst, Map<String, Age> ages) {
        this.newestFirst = List.copyOf(newestFirst);
        this.ages = Map.copyOf(ages);
    }

    /// Judges every piece.
    ///
    /// @param evidence in any order
    /// @param targets what is there now
    /// @param now the moment
    public static EvidenceView of(Collection<Evidence> evidence, Targets targets, Instant now) {
        List<Evidence> newestFirst = new ArrayList<>(evidence);
        newestFirst.sort(
                Comparator.comparing(Evidence::started).reversed().thenComparing(Evidence::id));
        Map<Series, Evidence> newest = new HashMap<>();
        Map<String, Age> ages = new HashMap<>();
        for (Evidence piece : newestFirst) {
            Evidence head = newest.putIfAbsent(Series.of(piece), piece);
            ages.put(piece.id(), age(piece, Optional.ofNullable(head), targets, now));
        }
        return new EvidenceView(newestFirst, ages);
    }

    private record Series(String claim, String element, String source) {
        static Series of(Evidence piece) {
            String source =
                    switch (piece.source()) {
                        case Evidence.Source.OfCheck check -> "check:" + check.check();
                        case Evidence.Source.Manual manual -> "manual:" + manual.owner();
                        case Evidence.Source.Document document -> "record:" + document.owner();
                        case Evidence.Source.Imported imported -> "tool:" + imported.tool();
                    };
            return new Series(piece.claim().name(), piece.element(), source);
        }
    }

    private static Age age(Evidence piece, Optional<Evidence> newer, Targets targets, Instant now) {
        if (newer.isPresent() && !isLastingConfirmation(piece, newer.get())) {
            return Age.SUPERSEDED;
        }
        if (!isOfPresentTarget(piece, targets)) {
            return Age.OTHER_TARGET;
        }
        return now.isAfter(piece.freshUntil()) ? Age.EXPIRED : Age.FRESH;
    }

    private static boolean isLastingConfirmation(Evidence piece, Evidence newer) {
        return piece.outcome() instanceof Outcome.Confirmed
                && piece.source() instanceof Evidence.Source.OfCheck check
                && check.isSameCheck(newer.source())
                && digest(piece).equals(digest(newer));
    }

    private static boolean isOfPresentTarget(Evidence piece, Targets targets) {
        Optional<Digest> present =
                switch (piece.source()) {
                    case Evidence.Source.OfCheck check ->
                            targets.ofCheck(check.check(), piece.element())
                                    .map(TargetDigest::digest);
                    case Evidence.Source.Manual _,
                            Evidence.Source.Document _,
                            Evidence.Source.Imported _ ->
                            targets.ofArtifact(piece.element());
                };
        return present.isEmpty() || digest(piece).isEmpty() || present.equals(digest(piece));
    }

    private static Optional<Digest> digest(Evidence piece) {
        return piece.target().map(TargetDigest::digest);
    }

    /// Every piece, newest first.
    public List<Evidence> all() {
        return newestFirst;
    }

    /// How old a piece is.
    ///
    /// @throws IllegalArgumentException for a piece that is not in the view
    public Age age(Evidence piece) {
        Age age = ages.get(piece.id());
        if (age == null) {
            throw new IllegalArgumentException("Not in this view: " + piece.id());
        }
        return age;
    }
}
