package dev.bartizan.artifacts;

import dev.bartizan.artifacts.archive.CompressedAnalyser;
import dev.bartizan.artifacts.archive.Packing;
import dev.bartizan.artifacts.archive.SevenZipAnalyser;
import dev.bartizan.artifacts.archive.TarAnalyser;
import dev.bartizan.artifacts.archive.ZipAnalyser;
import dev.bartizan.artifacts.config.JsonAnalyser;
import dev.bartizan.artifacts.coreml.CoreMlAnalyser;
import dev.bartizan.artifacts.gguf.GgmlAnalyser;
import dev.bartizan.artifacts.gguf.GgufAnalyser;
import dev.bartizan.artifacts.keras.Hdf5Analyser;
import dev.bartizan.artifacts.msgpack.MsgpackAnalyser;
import dev.bartizan.artifacts.numpy.NumpyAnalyser;
import dev.bartizan.artifacts.ocdbt.OcdbtAnalyser;
import dev.bartizan.artifacts.onnx.OnnxAnalyser;
import dev.bartizan.artifacts.paddle.PaddleProgramAnalyser;
import dev.bartizan.artifacts.pickle.PickleAnalyser;
import dev.bartizan.artifacts.rdata.RdsAnalyser;
import dev.bartizan.artifacts.safetensors.SafetensorsAnalyser;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.table.ArrowAnalyser;
import dev.bartizan.artifacts.table.ParquetAnalyser;
import dev.bartizan.artifacts.tensorflow.CheckpointAnalyser;
import dev.bartizan.artifacts.tensorflow.GraphAnalyser;
import dev.bartizan.artifacts.tensorflow.KerasMetadataAnalyser;
import dev.bartizan.artifacts.text.ScriptAnalyser;
import dev.bartizan.artifacts.text.SettingsAnalyser;
import dev.bartizan.artifacts.text.XmlAnalyser;
import dev.bartizan.artifacts.tflite.TfliteAnalyser;
import dev.bartizan.artifacts.trees.CatBoostAnalyser;
import dev.bartizan.artifacts.trees.LightgbmAnalyser;
import dev.bartizan.artifacts.trees.XgboostUbjAnalyser;
import java.util.List;

/// The list of formats. To add one, write its {@link FormatAnalyser} and add a line.
final class Formats {
    /// Every format the scanner knows, in the order in which they look.
    static final List<FormatAnalyser> ALL =
            List.of(
                    new PickleAnalyser(),
                    new ZipAnalyser(),
                    new TarAnalyser(),
                    new CompressedAnalyser(Packing.GZIP),
                    new CompressedAnalyser(Packing.ZLIB),
                    new CompressedAnalyser(Packing.ZFILE),
                    new CompressedAnalyser(Packing.BZIP2),
                    new CompressedAnalyser(Packing.XZ),
                    new CompressedAnalyser(Packing.LZMA),
                    new CompressedAnalyser(Packing.ZSTD),
                    new CompressedAnalyser(Packing.LZ4),
                    new CompressedAnalyser(Packing.SNAPPY),
                    new CompressedAnalyser(Packing.LZW),
                    new SevenZipAnalyser(),
                    new SafetensorsAnalyser(),
                    new OnnxAnalyser(),
                    new NumpyAnalyser(),
                    new Hdf5Analyser(),
                    new GgufAnalyser(),
                    new GgmlAnalyser(),
                    new GraphAnalyser(),
                    new KerasMetadataAnalyser(),
                    new CheckpointAnalyser(),
                    new TfliteAnalyser(),
                    new PaddleProgramAnalyser(),
                    new CoreMlAnalyser(),
                    new RdsAnalyser(),
                    new ParquetAnalyser(),
                    new ArrowAnalyser(),
                    new OcdbtAnalyser(),
                    new CatBoostAnalyser(),
                    new LightgbmAnalyser(),
                    new XgboostUbjAnalyser(),
                    new MsgpackAnalyser(),
                    new JsonAnalyser(),
                    new XmlAnalyser(),
                    new ScriptAnalyser(),
                    new SettingsAnalyser());

    private Formats() {}
}
