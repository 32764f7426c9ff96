package dev.bartizan.cli;

import dev.bartizan.artifacts.convert.Conversion;
import dev.bartizan.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `bartizan convert`: weights out of pickles into formats that cannot run code.
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Writes the tensors of PyTorch (zip and older), joblib, pickle, npz and npy files as"
                    + " safetensors or npz, bit for bit, without executing anything: only what tensors"
                    + " are built of has a meaning, everything else is refused with the reason.",
            "",
            "Names of nested tensors are joined by dots. Tensors that share a storage are written apart."
                    + " The output appears whole or not at all."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  bartizan convert pytorch_model.bin                    beside it, pytorch_model.safetensors",
            "  bartizan convert checkpoint.pt --select state_dict    a part of it",
            "  bartizan convert scaler.joblib --to npz --out scaler.npz",
            "  bartizan convert state.pkl --buffer state.0 --buffer state.1",
            "",
            "Exit codes: 0 converted; 2 refused, or it could not be read or written."
        })
final class ConvertCommand extends ShellCommand {
    @Parameters(paramLabel = "FILE", description = "Weights, told by their content.")
    private Path input = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "safetensors|npz",
            description = "Default: what --out ends with, else safetensors.")
    private @Nullable String target;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Default: beside the input, with the ending of the format.")
    private @Nullable Path output;

    @Option(
            names = "--select",
            paramLabel = "KEY",
            description =
                    "Convert only what stands under this key, such as state_dict or model.ema.")
    private @Nullable String selection;

    @Option(
            names = "--buffer",
            paramLabel = "FILE",
            description =
                    "The bytes of an array that a pickle of protocol 5 handed over beside itself"
                            + " (out of band); once for each, in that order.")
    private List<Path> buffers = List.of();

    @Option(
            names = "--drop-rest",
            description = "Leave out values that are no tensors, and list them.")
    private boolean isRestDropped;

    @Option(names = "--force", description = "Replace an output that is there.")
    private boolean isForced;

    @Option(names = "--format", paramLabel = "table|json", description = "Default: table.")
    private Format format = Format.table;

    /// How it is told.
    enum Format {
        table,
        json
    }

    @Override
    public Integer call() throws IOException {
        checkThere(input);
        buffers.forEach(ConvertCommand::checkThere);
        Conversion.Target wanted = target();
        Path to = output == null ? beside(wanted) : output;
        check(to);
        Conversion.Rest rest = isRestDropped ? Conversion.Rest.DROP : Conversion.Rest.REFUSE;
        Conversion.Written written =
                new Conversion(wanted, Optional.ofNullable(selection), rest)
                        .convert(input, buffers, to);
        switch (format) {
            case table -> table(written, to);
            case json -> out().println(json(written, to));
        }
        return 0;
    }

    private static void checkThere(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError("There is no such file", file.toString(), "Check the path.");
        }
    }

    private Conversion.Target target() {
        String ending = output == null ? "" : output.toString().toLowerCase(Locale.ROOT);
        String word = target != null ? target : ending.endsWith(".npz") ? "npz" : "safetensors";
        return switch (word) {
            case "safetensors" -> Conversion.Target.SAFETENSORS;
            case "npz" -> Conversion.Target.NPZ;
            default -> throw Mistakes.unknown("to", word, "safetensors, npz");
        };
    }

    private Path beside(Conversion.Target wanted) {
        String name = String.valueOf(input.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return input.resolveSibling(stem + "." + wanted.name().toLowerCase(Locale.ROOT));
    }

    private void check(Path to) throws IOException {
        Path folder = to.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UserError(
                    "The output has no folder", to.toString(), "Make the folder first.");
        }
        if (Files.exists(to) && Files.isSameFile(to, input)) {
            throw new UserError(
                    "The output is the input", to.toString(), "Name another file with --out.");
        }
        if (Files.exists(to) && !isForced) {
            throw new UserError(
                    "The output is there already",
                    to.toString(),
                    "Name another file with --out, or replace it with --force.");
        }
    }

    private void table(Conversion.Written written, Path to) {
        out().println(
                        written.tensors()
                                + (written.tensors() == 1 ? " tensor, " : " tensors, ")
                                + written.bytes()
                                + " bytes: "
                                + dev.bartizan.reports.VisibleText.of(to.toString()));
        out().println("sha256:" + written.sha256().hex());
        written.notes()
                .forEach(note ->
                        out().println("note: " + dev.bartizan.reports.VisibleText.of(note)));
    }

    private String json(Conversion.Written written, Path to) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("input", input.toString());
        root.put("output", to.toString());
        root.put("tensors", written.tensors());
        root.put("bytes", written.bytes());
        root.put("sha256", written.sha256().hex());
        root.put("notes", written.notes());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
