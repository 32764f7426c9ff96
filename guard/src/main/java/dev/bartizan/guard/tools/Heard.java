package dev.bartizan.guard.tools;

import dev.bartizan.guard.text.Normaliser;
import dev.bartizan.guard.tools.Ground.Kind;
import dev.bartizan.guard.tools.Untrusted.Entry;
import dev.bartizan.guard.tools.Untrusted.Field;
import dev.bartizan.guard.tools.Untrusted.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// All that was said before a call, split into what may direct the agent and what may not, and the
/// ground a value has in it.
final class Heard {
    private static final Vocabulary NEGATION = Vocabulary.of("negation");
    private static final int MAX_UNTRUSTED = 2_000;
    private static final int MAX_SIGHTINGS = 100;

    private final StringBuilder trusted = new StringBuilder(" ");
    private final StringBuilder user = new StringBuilder(" ");
    private final StringBuilder asWritten = new StringBuilder(" ");
    private final List<Untrusted> untrusted = new ArrayList<>();
    private final Normaliser normaliser = new Normaliser();
    private Picking picking = new Picking("", "");
    private boolean isStale;

    void addTrusted(String text, boolean isUser) {
        String plain = normaliser.normalise(text).plain().text();
        String lower = text.toLowerCase(Locale.ROOT);
        trusted.append(lower).append(" \n ");
        if (!plain.equals(lower)) {
            trusted.append(plain).append(" \n ");
        }
        if (isUser) {
            user.append(lower).append(" \n ");
            asWritten.append(text).append(" \n ");
            isStale = true;
        }
    }

    void addUntrusted(String origin, String text, String asked, boolean isDescription) {
        if (untrusted.size() < MAX_UNTRUSTED) {
            untrusted.add(UntrustedReader.read(origin, text, asked, isDescription));
            isStale = true;
        }
    }

    String userText() {
        return user.toString();
    }

    String trustedText() {
        return trusted.toString();
    }

    List<Untrusted> untrusted() {
        return untrusted;
    }

    /// What the user's words pick out of all that was read so far.
    Picking picking() {
        if (isStale) {
            isStale = false;
            picking = new Picking(user.toString(), asWritten.toString());
            picking.follow(untrusted);
        }
        return picking;
    }

    /// The ground of a value in a call.
    ///
    /// @param call all values of the call, lower case
    Ground ground(String value, String call) {
        String plain = Texts.plain(value);
        Optional<Ground> said = said(plain);
        return said.orElseGet(() -> foreign(plain, call));
    }

    /// The ground of a value outside of a call.
    Ground ground(String value) {
        return ground(value, "");
    }

    private Optional<Ground> said(String plain) {
        if (plain.isEmpty()) {
            return Optional.of(Ground.SAID);
        }
        String all = trusted.toString();
        int at = Texts.indexOf(all, plain);
        if (at < 0) {
            return Spelling.of(plain).isIn(all) ? Optional.of(Ground.SAID) : Optional.empty();
        }
        while (at >= 0) {
            if (!isDenied(all, at, plain)) {
                return Optional.of(Ground.SAID);
            }
            int next = Texts.indexOf(all.substring(at + 1), plain);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return Optional.of(Ground.FORBIDDEN);
    }

    /// Whether the clause says no to the value: `not to X`, `if it says X, don't`.
    private static boolean isDenied(String all, int at, String value) {
        boolean isAddress =
                Atom.in(value).stream().anyMatch(Atom::isAddress) && !value.contains(" ");
        if (!isAddress) {
            return false;
        }
        int from = at;
        while (from > 0 && "!?;\n".indexOf(all.charAt(from - 1)) < 0 && !endsSentence(all, from)) {
            from--;
        }
        int to = at + value.length();
        while (to < all.length() && "!?;\n".indexOf(all.charAt(to)) < 0 && !endsSentence(all, to)) {
            to++;
        }
        String before = all.substring(from, at);
        int clause = Math.max(before.lastIndexOf(','), before.lastIndexOf(" but "));
        boolean isConditional =
                before.matches("(?s).*\\b(if|when|whenever|wenn|si|falls|jeśli)\\b.*");
        String after = all.substring(at + value.length(), to);
        return NEGATION.isIn(before.substring(clause + 1))
                || (isConditional && NEGATION.isIn(after));
    }

    private static boolean endsSentence(String all, int at) {
        return all.charAt(at - 1) == '.' && Character.isWhitespace(all.charAt(at));
    }

    private Ground foreign(String plain, String call) {
        Sighting sighting = new Sighting(plain);
        untrusted.forEach(sighting::look);
        return sighting.ground(call);
    }

    /// Where a value stands in untrusted text, gathered over all of it.
    private final class Sighting {
        private final String value;
        private final Spelling spelling;
        private String field = "";
        private String picked = "";
        private String stated = "";
        private String demanded = "";
        private boolean isNamed;
        private boolean isFieldNamed;
        private boolean isTop;
        private boolean isContested;
        private boolean isBest;
        private boolean isSole = true;
        private int sightings;

        Sighting(String value) {
            this.value = value;
            this.spelling = Spelling.of(value);
        }

        void look(Untrusted one) {
            if (!spelling.isIn(one.text())) {
                return;
            }
            for (Entry record : one.records()) {
                record.holding(spelling).ifPresent(found -> record(one, record, found));
            }
            for (Sentence sentence : one.sentences()) {
                if (spelling.isIn(sentence.text())) {
                    sentence(one, sentence);
                }
            }
            boolean isKey =
                    one.records().stream()
                            .flatMap(r -> r.fields().stream())
                            .anyMatch(f -> spelling.isIn(f.key()));
            field = field.isEmpty() && isKey ? one.origin() : field;
            if (field.isEmpty() && picked.isEmpty() && stated.isEmpty() && demanded.isEmpty()) {
                demanded = one.origin(); // only once undone: nobody hides what is honest
            }
        }

        private void record(Untrusted one, Entry record, Field found) {
            if (sightings++ >= MAX_SIGHTINGS) {
                field = field.isEmpty() ? one.origin() : field;
                return;
            }
            if (picking().picks(one, record) || picking().namesField(one, found)) {
                picked = one.origin();
                isNamed = true;
                isTop |= picking().isTop(one, record);
                isContested |=
                        picking().isContested(one, record, found, value)
                                || (picking().namesField(one, found)
                                        && picking().isFieldContested(untrusted, found));
                isBest |= picking().isBest(one, record, found);
            } else {
                field = one.origin();
                isFieldNamed |= picking().names(one);
                isTop |= picking().isTop(one, record);
                isContested |= picking().picksAnother(one, record, found, value);
            }
        }

        private void sentence(Untrusted one, Sentence sentence) {
            boolean names = picking().names(one) || picking().picksRecordOf(one, sentence);
            isSole &= picking().isSoleIn(one, sentence, value);
            if (one.isDescription() || Demand.isIn(sentence.text())) {
                demanded = one.origin();
            } else {
                stated = one.origin();
                names |= picking().speaksOf(sentence.text());
            }
            isNamed |= names;
        }

        Ground ground(String call) {
            if (!picked.isEmpty() && (isBest || demanded.isEmpty())) {
                return new Ground(Kind.PICKED, picked, true, isContested, false, isBest);
            }
            boolean rival = picking().hasRival(untrusted, value, call);
            if (!demanded.isEmpty()) {
                boolean isAlone = field.isEmpty() && picked.isEmpty();
                boolean isAnyNamed = isNamed || isFieldNamed;
                return new Ground(
                        Kind.DEMANDED, demanded, isAnyNamed, rival, isSole && isAlone, isTop);
            }
            if (!field.isEmpty()) {
                return new Ground(Kind.FIELD, field, isNamed, isContested, false);
            }
            return stated.isEmpty()
                    ? Ground.nowhere(rival)
                    : new Ground(Kind.STATED, stated, isNamed, rival, isSole);
        }
    }
}
