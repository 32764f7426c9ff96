package dev.bartizan.artifacts;

import dev.bartizan.artifacts.archive.ZipAnalyser;
import dev.bartizan.artifacts.onnx.OnnxAnalyser;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.safetensors.SafetensorsAnalyser;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import java.util.List;

/// The list of formats. To add one, write its {@link FormatAnalyser} and add a line.
final class Formats {
    /// Every format the scanner knows, in the order in which they look.
    static final List<FormatAnalyser> ALL =
            List.of(
                    new PickleAnalyser(),
                    new ZipAnalyser(),
                    new SafetensorsAnalyser(),
                    new OnnxAnalyser());

    private Formats() {}
}
