package dev.bartizan.guard.tools;

import dev.bartizan.guard.tools.CallVerdict.Decision;
import dev.bartizan.guard.tools.Untrusted.Entry;
import dev.bartizan.guard.tools.Untrusted.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words that go out or are kept: they must not carry secrets the user did not speak of, addresses
/// that untrusted text wants spread, or what untrusted text orders to be written.
final class TextRule {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?:\\G|(?<![\\p{L}\\p{N}_./+-]))[\\p{L}\\p{N}_./+-]*\\d[\\p{L}\\p{N}_./+-]*(?: \\d{2,}+)*+");
    private static final Pattern ACTIVE =
            Pattern.compile(
                    "(?i)<\\s*(script|iframe|object|embed|svg\\b[^>]{0,80}onload|form)\\b|javascript:");
    private static final Vocabulary SENSITIVE = Vocabulary.of("sensitive");
    private static final Vocabulary LINKS = Vocabulary.of("words for links");
    private static final Pattern MEMORY =
            Pattern.compile("(?i)memor|remember|preference|instruction|persona|profile|reminder");
    private static final int MIN_WORDS = 4;
    private static final double MOST = 0.7;

    /// So many words in a row are no chance.
    private static final int RUN = 5;

    private static final int MOST_DICTATED = 3;

    private final Scene scene;
    private final Ruling ruling;

    TextRule(Scene scene, Ruling ruling) {
        this.scene = scene;
        this.ruling = ruling;
    }

    /// Judges a text; whether the user said it as it is.
    boolean judge(Argument argument) {
        String value = argument.value();
        if (scene.ground(value).is(Ground.Kind.SAID)) {
            return true;
        }
        secrets(argument);
        if (scene.effect() == Effect.READ) {
            return false;
        }
        addresses(argument);
        if (ACTIVE.matcher(value).find() && !ACTIVE.matcher(scene.heard().trustedText()).find()) {
            ruling.atLeast(
                    Decision.BLOCK, "the text holds active content that the user did not ask for");
        }
        ordered(argument);
        return false;
    }

    /// Numbers and codes out of a sensitive sentence or field which the user did not speak of.
    private void secrets(Argument argument) {
        Matcher token = TOKEN.matcher(argument.value());
        while (token.find()) {
            String value = Texts.plain(token.group()).replaceAll("[.,-]+$", "");
            boolean isTelling = value.chars().filter(Character::isLetterOrDigit).count() >= 4;
            if (isTelling && !scene.ground(value).is(Ground.Kind.SAID)) {
                secret(argument, value);
            }
        }
    }

    private void secret(Argument argument, String value) {
        if (standsInTheOpen(value)) {
            return;
        }
        for (Untrusted one : scene.heard().untrusted()) {
            for (Sentence sentence : one.sentences()) {
                if (Texts.holds(sentence.text(), value) && isSecretBeside(sentence.text())) {
                    leak(argument, one);
                }
            }
            for (Entry record : one.records()) {
                record.holding(Spelling.of(value))
                        .filter(f -> isSecretBeside(f.key().replace('_', ' ') + " " + f.value()))
                        .ifPresent(_ -> leak(argument, one));
            }
        }
    }

    /// Whether the value also stands where nothing sensitive is spoken of: then it is no secret.
    private boolean standsInTheOpen(String value) {
        Spelling spelling = Spelling.of(value);
        return scene.heard().untrusted().stream()
                .anyMatch(one ->
                        one.sentences().stream()
                                        .anyMatch(s ->
                                                spelling.isIn(s.text())
                                                        && !SENSITIVE.isIn(s.text())
                                                        && !Demand.isIn(s.text()))
                                || one.records().stream()
                                        .flatMap(r -> r.holding(spelling).stream())
                                        .anyMatch(f ->
                                                !SENSITIVE.isIn(
                                                        f.key().replace('_', ' ')
                                                                + " "
                                                                + f.value())));
    }

    private boolean isSecretBeside(String around) {
        if (!SENSITIVE.isIn(around)) {
            return false;
        }
        return Texts.words(around).stream().filter(SENSITIVE::has).noneMatch(scene.intent()::says);
    }

    private void leak(Argument argument, Untrusted one) {
        ruling.taint(argument.path() + " ← " + one.origin());
        ruling.atLeast(
                Decision.BLOCK,
                "`"
                        + argument.path()
                        + "` carries something secret from "
                        + one.origin()
                        + " that the user did not ask to pass on");
    }

    private void addresses(Argument argument) {
        for (Atom atom : Atom.in(argument.value())) {
            if (!atom.isAddress()) {
                continue;
            }
            Ground ground = scene.ground(atom.value());
            if (atom.kind() == Atom.Kind.URL && ground.is(Ground.Kind.NOWHERE)) {
                ground = scene.ground(AddressRule.host(atom.value()));
            }
            if (ground.is(Ground.Kind.DEMANDED)) {
                ruling.taint(argument, ground);
                ruling.atLeast(
                        scene.stopUnlessLeftTo(ground),
                        "`"
                                + Texts.brief(atom.value())
                                + "` in the text comes from an instruction in "
                                + ground.origin());
            }
            boolean isUnasked = atom.kind() == Atom.Kind.URL && !LINKS.isIn(userText());
            if (isUnasked && ground.is(Ground.Kind.STATED)) {
                ruling.taint(argument, ground);
                ruling.atLeast(
                        Decision.ASK,
                        "the user did not ask to pass on `" + Texts.brief(atom.value()) + "`");
            }
        }
    }

    private String userText() {
        return scene.heard().userText();
    }

    /// What an untrusted sentence orders to be written, written.
    private void ordered(Argument argument) {
        List<String> words =
                Texts.words(argument.value()).stream()
                        .filter(w -> w.length() > 2 && !scene.intent().says(w))
                        .toList();
        boolean isKept = MEMORY.matcher(scene.tool()).find();
        if (words.size() < MIN_WORDS) {
            return;
        }
        for (Untrusted one : scene.heard().untrusted()) {
            dictated(argument, one);
            for (Sentence sentence : one.sentences()) {
                boolean isOrder = one.isDescription() || Demand.ordersContent(sentence.text());
                if ((isOrder || (isKept && Demand.isIn(sentence.text())))
                        && share(words, sentence.text()) >= MOST) {
                    ruling.taint(argument.path() + " ← " + one.origin());
                    ruling.atLeast(
                            Decision.BLOCK,
                            "the words of `"
                                    + argument.path()
                                    + "` come from an instruction in "
                                    + one.origin());
                }
            }
        }
    }

    /// A run of words that begins in an order and goes on in the sentences after it: "the answer
    /// has to read: You are hired. Your contract follows."
    private void dictated(Argument argument, Untrusted one) {
        List<Sentence> all = one.sentences();
        String value = " " + String.join(" ", Texts.words(argument.value())) + " ";
        for (int i = 0; i < all.size(); i++) {
            if (!Demand.ordersContent(all.get(i).text())) {
                continue;
            }
            List<String> words = new ArrayList<>(Texts.words(all.get(i).text()));
            int own = words.size();
            for (int next = i + 1; next < Math.min(all.size(), i + MOST_DICTATED); next++) {
                words.addAll(Texts.words(all.get(next).text()));
            }
            for (int from = 0; from < own && from + RUN <= words.size(); from++) {
                List<String> run = words.subList(from, from + RUN);
                boolean isOwn = run.stream().anyMatch(w -> !scene.intent().says(w));
                if (isOwn && value.contains(" " + String.join(" ", run) + " ")) {
                    ruling.taint(argument.path() + " ← " + one.origin());
                    ruling.atLeast(
                            Decision.BLOCK,
                            "the words of `"
                                    + argument.path()
                                    + "` are dictated by "
                                    + one.origin());
                    return;
                }
            }
        }
    }

    private static double share(List<String> words, String sentence) {
        List<String> there = Texts.words(sentence);
        return (double) words.stream().filter(there::contains).count() / words.size();
    }
}
