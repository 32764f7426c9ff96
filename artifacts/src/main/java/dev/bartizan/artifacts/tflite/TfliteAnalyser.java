package dev.bartizan.artifacts.tflite;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.tensorflow.GraphOperators;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.flatbuffer.FlatTable;
import dev.bartizan.formats.flatbuffer.FlatTable.Vector;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// TensorFlow Lite models (tensorflow, `lite/schema/schema.fbs`): custom operators, which need code
/// from elsewhere, TensorFlow operators behind `Flex`, indexes and buffers out of range, which
/// interpreters did not always check (CVE-2020-15211 and its kind).
public final class TfliteAnalyser implements FormatAnalyser {
    private static final String IDENTIFIER = "TFL3";
    private static final int CUSTOM = 32;
    private static final int MOST_ITEMS = 2_000_000;
    private static final int[] TYPE_BYTES = {
        4, 2, 4, 1, 8, 0, 1, 2, 8, 1, 8, 16, 8, 0, 0, 4, 2, 0, 2
    };
    private static final Set<String> KNOWN_CUSTOM =
            Set.of(
                    "TFLite_Detection_PostProcess",
                    "edgetpu-custom-op",
                    "NumericVerify",
                    "Mfcc",
                    "AudioSpectrogram",
                    "MaxPoolingWithArgmax2D",
                    "MaxUnpooling2D",
                    "Convolution2DTransposeBias",
                    "TransformTensorBilinear",
                    "TransformLandmarks",
                    "Landmarks2TransformMatrix");
    private static final Rule CUSTOM_OPERATOR =
            Rule.code(
                    "tflite-custom-operator",
                    "Find out which library brings this operator, and trust it like any code.",
                    "CWE-829");
    private static final Rule FLEX =
            Rule.code(
                    "tflite-flex-operator",
                    "Do not run it with the Flex delegate; have it converted without this operator.",
                    "CWE-94",
                    "CWE-73");
    private static final Rule BROKEN =
            Rule.structure(
                    "tflite-structure",
                    "Have the model converted again; interpreters have crashed on such files.",
                    "CWE-125",
                    "CWE-787");

    /// Made for the list of formats.
    public TfliteAnalyser() {}

    @Override
    public String format() {
        return "tflite";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        return FlatTable.hasIdentifier(item.bytes(), IDENTIFIER);
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        notes.cover(0, item.bytes().size());
        new Model(item.bytes(), FlatTable.root(item.bytes()), notes).look();
    }

    private static final class Model {
        private final ByteSource bytes;
        private final FlatTable model;
        private final Notes notes;
        private final Set<String> reported = new HashSet<>();
        private int items;

        Model(ByteSource bytes, FlatTable model, Notes notes) {
            this.bytes = bytes;
            this.model = model;
            this.notes = notes;
        }

        void look() throws IOException, FormatException {
            text("description", model.text(3));
            Vector codes = model.vector(1, 4);
            for (long i = 0; i < codes.count(); i++) {
                operator(codes.table(i));
            }
            Vector buffers = model.vector(4, 4);
            for (long i = 0; i < buffers.count(); i++) {
                buffer(buffers.table(i), i);
            }
            Vector graphs = model.vector(2, 4);
            if (graphs.count() == 0) {
                broken(model.at(), "The model has no graph");
            }
            for (long i = 0; i < graphs.count(); i++) {
                graph(graphs.table(i), codes.count(), buffers);
            }
            Vector metadata = model.vector(6, 4);
            for (long i = 0; i < metadata.count(); i++) {
                metadata(metadata.table(i), buffers);
            }
        }

        private void take(long at) throws FormatException {
            if (++items > MOST_ITEMS) {
                throw FormatException.limit(at, "The model has more than " + MOST_ITEMS + " parts");
            }
        }

        private void operator(FlatTable code) throws IOException, FormatException {
            take(code.at());
            String name = code.text(1);
            long builtin = Math.max(code.number(0, 1, 0), code.number(3, 4, 0));
            if (name.isEmpty() && builtin != CUSTOM) {
                return;
            }
            if (!reported.add(name)) {
                return;
            }
            if (name.startsWith("Flex")) {
                flex(name, code.at());
                return;
            }
            Severity severity = KNOWN_CUSTOM.contains(name) ? Severity.LOW : Severity.MEDIUM;
            notes.finding(
                    CUSTOM_OPERATOR,
                    severity,
                    code.at(),
                    "The operator \""
                            + Shown.text(name)
                            + "\" is no standard one; running the model needs code from elsewhere");
        }

        private void flex(String name, long at) {
            Optional<Severity> known = GraphOperators.severity(name.substring(4));
            notes.finding(
                    FLEX,
                    known.orElse(Severity.LOW),
                    at,
                    "The model runs the TensorFlow operator "
                            + Shown.text(name.substring(4))
                            + known.map(_ -> ", which reaches outside the model").orElse(""));
        }

        private void buffer(FlatTable buffer, long index) throws IOException, FormatException {
            take(buffer.at());
            Vector data = buffer.vector(0, 1);
            long offset = buffer.number(1, 8, 0);
            long size = buffer.number(2, 8, 0);
            // the writer puts 1 for buffers without data
            boolean isElsewhere = offset > 1 || offset < 0; // which is beyond 2^63
            if (isElsewhere && (offset < 0 || size < 0 || offset > bytes.size() - size)) {
                broken(
                        buffer.at(),
                        "Buffer "
                                + index
                                + " lies outside the file: "
                                + Long.toUnsignedString(size)
                                + " bytes at "
                                + Long.toUnsignedString(offset));
                return;
            }
            ByteSource content = offset > 1 ? bytes.slice(offset, size) : data.bytes();
            long from = offset > 1 ? offset : data.from();
            if (PickleAnalyser.isPickleAmongNumbers(content)) {
                notes.member("buffer-" + index, content, from, from + content.size());
            } else {
                HiddenFiles.look(content, from, notes);
            }
        }

        private void graph(FlatTable graph, long codes, Vector buffers)
                throws IOException, FormatException {
            text("name of the graph", graph.text(4));
            Vector tensors = graph.vector(0, 4);
            for (long i = 0; i < tensors.count(); i++) {
                tensor(tensors.table(i), buffers);
            }
            indexes(graph.vector(1, 4), tensors.count(), graph.at());
            indexes(graph.vector(2, 4), tensors.count(), graph.at());
            Vector operators = graph.vector(3, 4);
            for (long i = 0; i < operators.count(); i++) {
                FlatTable operator = operators.table(i);
                take(operator.at());
                long code = operator.number(0, 4, 0);
                if (code >= codes) {
                    broken(operator.at(), "An operator has code " + code + " of " + codes);
                }
                indexes(operator.vector(1, 4), tensors.count(), operator.at());
                indexes(operator.vector(2, 4), tensors.count(), operator.at());
                Vector options = operator.vector(5, 1);
                if (PickleAnalyser.isPickleAmongNumbers(options.bytes())) {
                    notes.member(
                            "options-at-" + options.from(),
                            options.bytes(),
                            options.from(),
                            options.from() + options.count());
                }
            }
        }

        /// -1 stands for an optional tensor that is not given.
        private void indexes(Vector list, long tensors, long at)
                throws IOException, FormatException {
            for (long i = 0; i < list.count(); i++) {
                take(at);
                int index = list.number(i);
                if (index < -1 || index >= tensors) {
                    broken(at, "Tensor " + index + " is named, of " + tensors);
                    return;
                }
            }
        }

        private void tensor(FlatTable tensor, Vector buffers) throws IOException, FormatException {
            take(tensor.at());
            String name = Shown.text(tensor.text(3));
            long index = tensor.number(2, 4, 0);
            if (index >= buffers.count()) {
                broken(
                        tensor.at(),
                        "Tensor \""
                                + name
                                + "\" lies in buffer "
                                + index
                                + " of "
                                + buffers.count());
                return;
            }
            Vector shape = tensor.vector(0, 4);
            long wanted = 1;
            for (long i = 0; i < shape.count(); i++) {
                long axis = shape.number(i);
                if (axis < 0 || (axis > 0 && wanted > Long.MAX_VALUE / 16 / axis)) {
                    broken(tensor.at(), "Tensor \"" + name + "\" has an impossible shape");
                    return;
                }
                wanted *= axis;
            }
            long present = buffers.table(index).vector(0, 1).count();
            int type = (int) tensor.number(1, 1, 0);
            long each = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
            if (present > 0 && each > 0) {
                size(tensor, name, wanted * each, present);
            }
        }

        private void size(FlatTable tensor, String name, long wanted, long present)
                throws IOException, FormatException {
            boolean isSparse = tensor.table(6).isPresent();
            if (wanted != present && !isSparse) {
                broken(
                        tensor.at(),
                        "Tensor \"" + name + "\" needs " + wanted + " bytes and has " + present);
            }
        }

        private void metadata(FlatTable entry, Vector buffers) throws IOException, FormatException {
            long index = entry.number(1, 4, 0);
            text("name of metadata", entry.text(0));
            if (index >= buffers.count()) {
                broken(entry.at(), "Metadata in buffer " + index + " of " + buffers.count());
                return;
            }
            byte[] start = buffers.table(index).vector(0, 1).bytes().bytes(0, 1 << 20);
            text(
                    "metadata \"" + Shown.text(entry.text(0)) + "\"",
                    new String(start, java.nio.charset.StandardCharsets.ISO_8859_1));
        }

        private void text(String what, String text) throws IOException {
            MetadataText.look(what, Severity.MEDIUM, text, notes);
        }

        private void broken(long at, String message) {
            notes.broken(BROKEN, Severity.MEDIUM, at, message);
        }
    }
}
