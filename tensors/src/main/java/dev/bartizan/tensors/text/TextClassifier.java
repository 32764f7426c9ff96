package dev.bartizan.tensors.text;

import dev.bartizan.core.Digest;
import dev.bartizan.core.UserError;
import dev.bartizan.tensors.DeployedModel;
import dev.bartizan.tensors.inference.DenseTensor;
import dev.bartizan.tensors.inference.InferenceException;
import dev.bartizan.tensors.inference.InferenceLimits;
import dev.bartizan.tensors.inference.InferenceSession;
import dev.bartizan.tensors.inference.ModelPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/// A classifier of texts in a folder as it is published: `model.onnx` (or `onnx/model.onnx`),
/// `tokenizer.json` and `config.json`. Texts longer than the model's window are read in windows
/// that overlap by a quarter. Nothing is fetched; one text at a time.
public final class TextClassifier implements AutoCloseable {
    private static final int WINDOWS_PER_RUN = 8;

    private final TextTokenizer tokenizer;
    private final InferenceSession session;
    private final ModelPort output;
    private final List<String> labels;
    private final Scores scores;
    private final Shape shape;
    private final Digest digest;

    /// What one window says.
    ///
    /// @param start first code point of the text that the window covers
    /// @param end code point after the last
    /// @param probabilities of the labels, in their order, each 0..1
    public record Window(int start, int end, List<Double> probabilities) {
        /// Copies the list.
        public Window {
            probabilities = List.copyOf(probabilities);
        }
    }

    /// @param tokens most tokens of a window, marks included
    /// @param isFixed whether every window is filled up to it
    /// @param rows windows in one run; a negative number when any will do
    /// @param padding what windows are filled up with
    private record Shape(int tokens, boolean isFixed, int rows, long padding) {}

    private TextClassifier(ClassifierFolder parts, OptionalInt window, InferenceSession session) {
        this.session = session;
        output = output(session, parts.place());
        ClassifierConfig config = parts.config();
        int classes = classes(config);
        labels = labels(config, classes, parts.place());
        scores = Scores.of(config.reading(), classes, parts.model(), output.name());
        digest = parts.digest();
        shape = shape(session, parts, window);
        tokenizer = new TextTokenizer(parts.tokenizer(), parts.place() + "/tokenizer.json");
        int marks = tokenizer.before().length + tokenizer.after().length;
        if (marks >= shape.tokens()) {
            tokenizer.close();
            throw new UserError(
                    "The classifier's window of "
                            + shape.tokens()
                            + " tokens has no room beside the marks around a text",
                    parts.place(),
                    "Give a larger window.");
        }
    }

    /// Loads a folder.
    ///
    /// @param window most tokens of a window, marks included; empty for what the model says, at
    ///   most 512
    /// @throws UserError when something is missing, broken or of a form that is not taken
    /// @throws IOException when the disk fails
    /// @throws InterruptedException when cancelled
    public static TextClassifier open(Path folder, OptionalInt window)
            throws IOException, InterruptedException {
        ClassifierFolder read = ClassifierFolder.read(folder);
        InferenceSession session = session(read.model());
        try {
            return new TextClassifier(read, window, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static InferenceSession session(DeployedModel model) throws InterruptedException {
        try {
            return InferenceSession.open(model.bytes(), InferenceLimits.DEFAULT.keepingMemory());
        } catch (InferenceException e) {
            throw new UserError(
                    "The classifier does not load: " + e.getMessage(),
                    model.path().toString(),
                    "Run bartizan scan on it, or export it again.",
                    e);
        }
    }

    private static ModelPort output(InferenceSession session, String place) {
        return session.outputs().stream()
                .filter(port -> port.isNumeric() && port.dims().size() == 2)
                .findFirst()
                .orElseThrow(() ->
                        new UserError(
                                "The classifier has no output of scores by class; it has "
                                        + session.outputs(),
                                place,
                                "Export it for sequence classification: one output [texts, classes]."));
    }

    private int classes(ClassifierConfig config) {
        long declared = output.dims().get(1);
        return declared > 0 ? Math.toIntExact(declared) : Math.max(1, config.labels().size());
    }

    private static List<String> labels(ClassifierConfig config, int classes, String place) {
        if (config.labels().isEmpty()) {
            List<String> numbered = new ArrayList<>();
            for (int i = 0; i < classes; i++) {
                numbered.add("LABEL_" + i);
            }
            return numbered;
        }
        if (config.labels().size() != classes) {
            throw new UserError(
                    "The classifier gives "
                            + classes
                            + " scores, and its id2label names "
                            + config.labels().size(),
                    place + "/config.json",
                    "Export the model with its own configuration.");
        }
        return config.labels();
    }

    private static Shape shape(
            InferenceSession session, ClassifierFolder parts, OptionalInt window) {
        int rows = -1;
        int fixed = -1;
        for (ModelPort port : session.inputs()) {
            boolean isKnown =
                    switch (port.name()) {
                        case "input_ids", "attention_mask", "token_type_ids" -> true;
                        default -> false;
                    };
            if (!isKnown || port.dims().size() != 2 || !port.isNumeric()) {
                throw new UserError(
                        "The classifier takes the input " + port + ", which is not one of a text",
                        parts.place(),
                        "Known: input_ids, attention_mask, token_type_ids, each [texts, tokens].");
            }
            rows = Math.max(rows, Math.toIntExact(Math.min(port.dims().get(0), 1 << 16)));
            fixed = Math.max(fixed, Math.toIntExact(Math.min(port.dims().get(1), 1 << 16)));
        }
        int most = window.orElse(parts.config().maxTokens());
        return new Shape(fixed > 0 ? fixed : most, fixed > 0, rows, parts.config().padding());
    }

    /// Names of the classes, in the order of their scores.
    public List<String> labels() {
        return labels;
    }

    /// Whether the classes exclude one another.
    public boolean isOneOfSeveral() {
        return scores == Scores.SOFTMAX || scores == Scores.DISTRIBUTION;
    }

    /// Digest of graph, weights, tokenizer and configuration together.
    public Digest digest() {
        return digest;
    }

    /// Reads a text.
    ///
    /// @return its windows in order, at least one
    /// @throws InferenceException when the model breaks, takes too long, or answers with what is no
    ///   number
    /// @throws InterruptedException when cancelled
    public synchronized List<Window> read(String text)
            throws InferenceException, InterruptedException {
        List<List<TextTokenizer.Token>> slices = slices(tokenizer.tokens(text));
        int length = text.codePointCount(0, text.length());
        List<Window> windows = new ArrayList<>();
        int perRun = shape.rows() > 0 ? shape.rows() : WINDOWS_PER_RUN;
        for (int at = 0; at < slices.size(); at += perRun) {
            List<List<TextTokenizer.Token>> some =
                    slices.subList(at, Math.min(slices.size(), at + perRun));
            windows.addAll(run(some, length));
        }
        return windows;
    }

    /// Pieces that overlap by a quarter; one empty piece of a text without tokens.
    private List<List<TextTokenizer.Token>> slices(List<TextTokenizer.Token> tokens) {
        int room = shape.tokens() - tokenizer.before().length - tokenizer.after().length;
        int stride = Math.max(1, room - room / 4);
        List<List<TextTokenizer.Token>> slices = new ArrayList<>();
        int from = 0;
        do {
            slices.add(tokens.subList(from, Math.min(tokens.size(), from + room)));
            from += stride;
        } while (from + room - stride < tokens.size());
        return slices;
    }

    private List<Window> run(List<List<TextTokenizer.Token>> slices, int length)
            throws InferenceException, InterruptedException {
        int marks = tokenizer.before().length + tokenizer.after().length;
        int longest = slices.stream().mapToInt(List::size).max().orElse(0) + marks;
        int width = shape.isFixed() ? shape.tokens() : Math.max(1, longest);
        int rows = shape.rows() > 0 ? shape.rows() : slices.size();
        double[] ids = new double[rows * width];
        double[] mask = new double[rows * width];
        Arrays.fill(ids, (double) shape.padding());
        for (int row = 0; row < rows; row++) {
            // Rows that a fixed size asks for beyond the texts repeat the last one.
            double[] filled = marked(slices.get(Math.min(row, slices.size() - 1)));
            System.arraycopy(filled, 0, ids, row * width, filled.length);
            Arrays.fill(mask, row * width, row * width + filled.length, 1);
        }
        List<Long> dims = List.of((long) rows, (long) width);
        Map<String, DenseTensor> given = new LinkedHashMap<>();
        for (ModelPort port : session.inputs()) {
            double[] values =
                    switch (port.name()) {
                        case "input_ids" -> ids;
                        case "attention_mask" -> mask;
                        default -> new double[ids.length];
                    };
            given.put(port.name(), DenseTensor.of(port.type(), dims, values));
        }
        DenseTensor result = session.run(given).get(output.name());
        List<Window> windows = new ArrayList<>();
        for (int row = 0; row < slices.size(); row++) {
            List<TextTokenizer.Token> slice = slices.get(row);
            windows.add(
                    new Window(
                            slice.isEmpty() ? 0 : slice.getFirst().start(),
                            slice.isEmpty() ? length : Math.min(length, slice.getLast().end()),
                            scores.probabilities(result, row, labels.size())));
        }
        return windows;
    }

    /// The numbers of a piece with the marks around it.
    private double[] marked(List<TextTokenizer.Token> slice) {
        return LongStream.concat(
                        LongStream.concat(
                                LongStream.of(tokenizer.before()),
                                slice.stream().mapToLong(TextTokenizer.Token::id)),
                        LongStream.of(tokenizer.after()))
                .asDoubleStream()
                .toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
        session.close();
    }
}
