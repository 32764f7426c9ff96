package dev.bartizan.guard.text;

import dev.bartizan.guard.Detection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Makes hostile text readable: folds look-alikes, removes or reads hidden characters, joins and
/// parts words, and undoes encodings within encodings up to fixed limits. Every character of the
/// result knows its place in the original. Time is linear in the length of the text.
///
/// Stateless and safe to share.
public final class Normaliser {
    /// Most layers undone: escapes, codes and ciphers each count as one.
    public static final int MAX_ROUNDS = 8;

    /// Most rounds of those that guess.
    public static final int MAX_GUESSES = 3;

    /// Most characters of a readable form for each character of the original, beyond a page.
    public static final int MAX_GROWTH = 2;

    private static final int PAGE = 4096;

    /// Those that know what they read.
    private final List<Decoder> exact =
            List.of(new SpliceDecoder(), new CodeListDecoder(), new NumberListDecoder());

    /// Those that guess, once nothing exact is left.
    private final List<Decoder> guessing =
            List.of(
                    new WordGameDecoder(Words.shipped()),
                    new SpacingDecoder(Words.shipped()),
                    new Rot47Decoder(Letters.shipped()),
                    new LeetDecoder(Words.shipped()),
                    new CipherDecoder(Letters.shipped()),
                    new WordOrderDecoder());

    /// Packed bytes first: what looks like an escape in them is none.
    private final List<Decoder> packed = List.of(new RadixDecoder());

    private final List<Decoder> escapes = List.of(new EscapeDecoder());

    /// A normaliser with the data that ships.
    public Normaliser() {}

    /// The readable form of a text.
    public Normalised normalise(String original) {
        Folding.Folded folded = Folding.fold(original);
        List<Detection> findings = new ArrayList<>(folded.findings());
        Set<String> encodings = new LinkedHashSet<>();
        View view = folded.view();
        long budget = (long) MAX_GROWTH * original.length() + PAGE;
        int guesses = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            View before = view;
            for (List<Decoder> stage : List.of(packed, escapes, exact)) {
                view = apply(view, stage, budget, findings, encodings);
                if (!view.text().equals(before.text())) {
                    break;
                }
            }
            if (view.text().equals(before.text()) && guesses++ < MAX_GUESSES) {
                view = apply(view, guessing, budget, findings, encodings);
            }
            if (view.text().equals(before.text())) {
                break;
            }
        }
        return new Normalised(lowerCase(view), view, findings, encodings);
    }

    /// The folded lower-case form of a text without undoing encodings: what lexicons are kept in.
    public static String fold(String text) {
        return lowerCase(Folding.fold(text).view()).text();
    }

    private static View apply(
            View view,
            List<Decoder> stage,
            long budget,
            List<Detection> findings,
            Set<String> encodings) {
        View read = view;
        for (Decoder decoder : stage) {
            read = replaced(read, decoder.find(read), budget, findings, encodings);
        }
        return read;
    }

    private static View replaced(
            View view,
            List<Replacement> replacements,
            long budget,
            List<Detection> findings,
            Set<String> encodings) {
        if (replacements.isEmpty()) {
            return view;
        }
        ViewBuilder out = new ViewBuilder(view.length() + 16);
        int at = 0;
        for (Replacement one : replacements) {
            if (out.length() + (long) one.text().length() > budget) {
                break;
            }
            out.copy(view, at, one.from());
            put(out, view, one);
            at = one.to();
            note(view, one, findings, encodings);
        }
        out.copy(view, at, view.length());
        return out.build(view.originalLength());
    }

    private static void put(ViewBuilder out, View view, Replacement one) {
        if (one.hasPlaces()) {
            for (int i = 0; i < one.text().length(); i++) {
                int from = Math.min(one.sourceOf(i), view.length() - 1);
                out.add(one.text().charAt(i), view.startOf(from), view.endOf(from));
            }
            return;
        }
        View.Span span = view.span(one.from(), one.to());
        out.add(Folding.fold(one.text()).view().text(), span.start(), span.end());
    }

    private static void note(
            View view, Replacement one, List<Detection> findings, Set<String> encodings) {
        if (!encodings.add(one.how()) || one.how().equals("html") || one.how().equals("url")) {
            return;
        }
        View.Span span = view.span(one.from(), one.to());
        findings.add(
                new Detection(
                        "encoded-text",
                        span.start(),
                        span.end(),
                        0.2,
                        "reads as text once undone: " + one.how()));
    }

    private static View lowerCase(View view) {
        String text = view.text();
        char[] lower = new char[text.length()];
        for (int i = 0; i < lower.length; i++) {
            char c = text.charAt(i);
            lower[i] =
                    c >= 0x80
                            ? Character.toLowerCase(c)
                            : c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
        }
        return view.with(new String(lower));
    }
}
