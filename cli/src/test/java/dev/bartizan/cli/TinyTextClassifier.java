package dev.bartizan.cli;

import dev.bartizan.formats.onnx.OnnxAttribute;
import dev.bartizan.formats.onnx.OnnxElementType;
import dev.bartizan.formats.onnx.OnnxGraph;
import dev.bartizan.formats.onnx.OnnxModel;
import dev.bartizan.formats.onnx.OnnxNode;
import dev.bartizan.formats.onnx.OnnxTensor;
import dev.bartizan.formats.onnx.OnnxValueInfo;
import dev.bartizan.formats.onnx.OnnxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A classifier of a dozen words, as text classifiers are published: the score of a class is that
/// of the word that speaks for it most. `zork` is an attack, `gnusto` a jailbreak.
final class TinyTextClassifier {
    static final List<String> WORDS =
            List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "zork", "gnusto", "hello", "##s", "world");
    private static final int ATTACK = 4;
    private static final int JAILBREAK = 5;
    private static final int WINDOW = 16;

    private TinyTextClassifier() {}

    /// Writes the folder: labels `SAFE`, `INJECTION`, `JAILBREAK`, windows of sixteen tokens.
    static Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("model.onnx"),
                OnnxWriter.bytes(OnnxModel.of(8, 17, "test", graph())));
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        Files.writeString(
                folder.resolve("config.json"),
                config("single_label_classification", "SAFE", "INJECTION", "JAILBREAK"));
        return folder;
    }

    static String config(String problem, String... labels) {
        List<String> named = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            named.add("\"" + i + "\":\"" + labels[i] + "\"");
        }
        return "{\"model_type\":\"bert\",\"pad_token_id\":0,\"max_position_embeddings\":"
                + WINDOW
                + ",\"problem_type\":\""
                + problem
                + "\",\"id2label\":{"
                + String.join(",", named)
                + "}}";
    }

    static String tokenizer() {
        List<String> words = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (int i = 0; i < WORDS.size(); i++) {
            words.add("\"" + WORDS.get(i) + "\":" + i);
            if (i < ATTACK) {
                added.add(
                        "{\"id\":"
                                + i
                                + ",\"content\":\""
                                + WORDS.get(i)
                                + "\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
                                + "\"normalized\":false,\"special\":true}");
            }
        }
        return """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[%s],
        "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
        "strip_accents":null,"lowercase":true},
        "pre_tokenizer":{"type":"BertPreTokenizer"},
        "post_processor":{"type":"TemplateProcessing",
        "single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},
        {"SpecialToken":{"id":"[SEP]","type_id":0}}],
        "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
        "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]},
        "[SEP]":{"id":"[SEP]","ids":[3],"tokens":["[SEP]"]}}},
        "decoder":null,
        "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
        "max_input_chars_per_word":100,"vocab":{%s}}}
        """
                .formatted(String.join(",", added), String.join(",", words));
    }

    private static OnnxGraph graph() {
        int classes = 3;
        float[] weights = new float[WORDS.size() * classes];
        for (int word = 0; word < WORDS.size(); word++) {
            weights[word * classes] = 1;
            weights[word * classes + 1] = word == ATTACK ? 5 : -3;
            weights[word * classes + 2] = word == JAILBREAK ? 5 : -3;
        }
        return OnnxGraph.of(
                "g",
                List.of(
                        OnnxNode.of("Gather", List.of("table", "input_ids"), List.of("scores")),
                        OnnxNode.of(
                                "Cast",
                                List.of("attention_mask"),
                                List.of("mask"),
                                OnnxAttribute.of("to", 1L)),
                        OnnxNode.of("Unsqueeze", List.of("mask", "last"), List.of("column")),
                        OnnxNode.of("Mul", List.of("scores", "column"), List.of("masked")),
                        OnnxNode.of(
                                "ReduceMax",
                                List.of("masked"),
                                List.of("logits"),
                                OnnxAttribute.ofInts("axes", 1),
                                OnnxAttribute.of("keepdims", 0L))),
                List.of(
                        OnnxTensor.floats("table", new long[] {WORDS.size(), classes}, weights),
                        OnnxTensor.longs("last", new long[] {1}, 2)),
                List.of(
                        OnnxValueInfo.tensor("input_ids", OnnxElementType.INT64, "b", "s"),
                        OnnxValueInfo.tensor("attention_mask", OnnxElementType.INT64, "b", "s")),
                List.of(OnnxValueInfo.tensor("logits", OnnxElementType.FLOAT, "b", "3")));
    }
}
