package dev.bartizan.guard.training;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The labelled texts that ship to measure a guard with: sentences made of the templates of the
/// grammar that the classifier's threshold is set on. The same on every machine.
public final class CalibrationTexts {
    private static final int PER_TEMPLATE = 8;
    private static final long SEED = 11;

    private CalibrationTexts() {}

    /// A text with its class.
    ///
    /// @param text the text
    /// @param isAttack whether a guard should say something
    public record Labelled(String text, boolean isAttack) {}

    /// All of them, in the grammar's order.
    public static List<Labelled> shipped() {
        Grammar grammar = new Grammar();
        List<Labelled> out = new ArrayList<>();
        for (Grammar.Template template : grammar.templates()) {
            if (!template.isHeldOut()) {
                continue;
            }
            Random random = new Random(SEED + Hash.of(template.text()));
            Set<String> texts = new LinkedHashSet<>();
            for (int i = 0; i < PER_TEMPLATE; i++) {
                texts.add(grammar.expand(template, random));
            }
            texts.forEach(text -> out.add(new Labelled(text, template.isAttack())));
        }
        return List.copyOf(out);
    }
}
