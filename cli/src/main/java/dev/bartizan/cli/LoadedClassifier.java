package dev.bartizan.cli;

import dev.bartizan.artifacts.FileReport;
import dev.bartizan.artifacts.Scanner;
import dev.bartizan.artifacts.Verdict;
import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.guard.classify.OwnClassifier;
import dev.bartizan.guard.classify.StageFailedException;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.text.TextClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/// A classifier of one's own, scanned and loaded, as the guard asks it.
///
/// @param name last part of the folder's name
/// @param texts the classifier
/// @param harmless which of its labels stand for harmless texts
record LoadedClassifier(String name, TextClassifier texts, Set<String> harmless)
        implements OwnClassifier, AutoCloseable {
    private static final Set<String> USUAL_HARMLESS =
            Set.of(
                    "0",
                    "allow",
                    "allowed",
                    "benign",
                    "clean",
                    "false",
                    "good",
                    "ham",
                    "harmless",
                    "label-0",
                    "legit",
                    "legitimate",
                    "negative",
                    "neutral",
                    "no-attack",
                    "no-injection",
                    "none",
                    "normal",
                    "not-injection",
                    "ok",
                    "safe");

    LoadedClassifier {
        harmless = Set.copyOf(harmless);
    }

    /// Scans a folder and loads what is in it.
    ///
    /// @param harmless labels of harmless texts; empty for the usual names
    /// @throws UserError when the scanner calls a file malicious, or the folder cannot be used
    static LoadedClassifier open(Path folder, Set<String> harmless, OptionalInt window)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UserError(
                    "There is no such folder",
                    folder.toString(),
                    "Name a folder with model.onnx, tokenizer.json and config.json.");
        }
        for (FileReport file : new Scanner().scan(folder).files()) {
            if (file.verdict() == Verdict.MALICIOUS) {
                throw new UserError(
                        "The classifier is not loaded: the scanner calls a file of it malicious",
                        file.path(),
                        "Look at it with: bartizan scan " + folder);
            }
        }
        TextClassifier texts = load(folder, window);
        try {
            return new LoadedClassifier(
                    folder.toAbsolutePath().normalize().getFileName().toString(),
                    texts,
                    chosen(texts, harmless, folder));
        } catch (UserError e) {
            texts.close();
            throw e;
        }
    }

    private static TextClassifier load(Path folder, OptionalInt window) throws IOException {
        try {
            return TextClassifier.open(folder, window);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the classifier was loaded", e);
        }
    }

    private static Set<String> chosen(TextClassifier texts, Set<String> named, Path folder) {
        List<String> labels = texts.labels();
        for (String name : named) {
            if (!labels.contains(name)) {
                throw new UserError(
                        "The classifier has no label \"" + name + "\"",
                        folder.toString(),
                        "It has: " + String.join(", ", labels) + ".");
            }
        }
        if (named.containsAll(labels)) {
            throw new UserError(
                    "All labels of the classifier are named as harmless",
                    folder.toString(),
                    "Name only those of harmless texts: " + String.join(", ", labels) + ".");
        }
        if (!named.isEmpty() || labels.size() == 1) {
            return named;
        }
        List<String> usual = labels.stream().filter(LoadedClassifier::isUsual).toList();
        boolean isClear = !usual.isEmpty() || !texts.isOneOfSeveral();
        if (!isClear || usual.size() == labels.size()) {
            throw new UserError(
                    "Which label of the classifier stands for harmless texts cannot be told",
                    folder.toString(),
                    "Name it with --classifier-benign, one of: " + String.join(", ", labels) + ".");
        }
        return Set.copyOf(usual);
    }

    private static boolean isUsual(String label) {
        return USUAL_HARMLESS.contains(
                label.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-"));
    }

    @Override
    public Digest digest() {
        return texts.digest();
    }

    @Override
    public List<Said> read(String text) {
        try {
            List<Said> said = new ArrayList<>();
            for (TextClassifier.Window window : texts.read(text)) {
                said.add(said(window));
            }
            return said;
        } catch (InferenceException | UserError e) {
            throw new StageFailedException(
                    "the classifier " + name + " gave no answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StageFailedException("the classifier was interrupted", e);
        }
    }

    private Said said(TextClassifier.Window window) {
        double quiet = 0;
        double loudest = -1;
        String label = "";
        for (int i = 0; i < texts.labels().size(); i++) {
            double p = window.probabilities().get(i);
            if (harmless.contains(texts.labels().get(i))) {
                quiet += p;
            } else if (p > loudest) {
                loudest = p;
                label = texts.labels().get(i);
            }
        }
        double attack = texts.isOneOfSeveral() ? 1 - quiet : loudest;
        return new Said(window.start(), window.end(), Math.clamp(attack, 0, 1), label);
    }

    /// What it takes for what, in one line.
    String description() {
        List<String> attacks =
                texts.labels().stream().filter(label -> !harmless.contains(label)).toList();
        return "classifier "
                + name
                + ", "
                + digest()
                + "; harmless: "
                + (harmless.isEmpty() ? "no label" : String.join(", ", harmless))
                + "; attacks: "
                + String.join(", ", attacks);
    }

    @Override
    public void close() {
        texts.close();
    }
}
