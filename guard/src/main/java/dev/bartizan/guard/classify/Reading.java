package dev.bartizan.guard.classify;

import dev.bartizan.guard.Kind;
import dev.bartizan.guard.classify.Features.Window;
import dev.bartizan.guard.rules.Lexicon;
import dev.bartizan.guard.rules.Lexicon.Hit;
import dev.bartizan.guard.rules.RulePack;
import dev.bartizan.guard.rules.RuleScanner;
import dev.bartizan.guard.rules.RuleScanner.Fired;
import dev.bartizan.guard.text.Normalised;
import dev.bartizan.guard.text.Normaliser;
import java.util.ArrayList;
import java.util.List;

/// Everything the stages know of one text before they judge it.
///
/// @param text the readable text
/// @param hits meanings met, by end
/// @param fired rules that fired
/// @param windows features
public record Reading(Normalised text, List<Hit> hits, List<Fired> fired, List<Window> windows) {
    /// Copies the lists.
    public Reading {
        hits = List.copyOf(hits);
        fired = List.copyOf(fired);
        windows = List.copyOf(windows);
    }

    /// Makes readings. Safe to share.
    public static final class Reader {
        private final Normaliser normaliser = new Normaliser();
        private final Lexicon lexicon;
        private final RuleScanner scanner;
        private final List<RuleScanner> others;
        private final Features features;

        /// A reader with a lexicon and a rule pack.
        public Reader(Lexicon lexicon, RulePack pack) {
            this(lexicon, pack, List.of());
        }

        /// A reader with a lexicon and rule packs.
        ///
        /// @param pack what the classifier learned with
        /// @param more rules that the classifier does not see
        public Reader(Lexicon lexicon, RulePack pack, List<RulePack> more) {
            this.lexicon = lexicon;
            scanner = new RuleScanner(pack);
            others = more.stream().map(RuleScanner::new).toList();
            features = new Features(lexicon);
        }

        /// Reads a text.
        public Reading read(String text, Kind kind) {
            Normalised readable = normaliser.normalise(text);
            List<Hit> hits = lexicon.find(readable.plain().text());
            List<Fired> fired = scanner.scan(readable.plain().text(), hits, kind.isForeign());
            List<Window> windows = features.windows(readable, hits, fired);
            if (others.isEmpty()) {
                return new Reading(readable, hits, fired, windows);
            }
            List<Fired> all = new ArrayList<>(fired);
            for (RuleScanner other : others) {
                all.addAll(other.scan(readable.plain().text(), hits, kind.isForeign()));
            }
            return new Reading(readable, hits, all, windows);
        }
    }
}
