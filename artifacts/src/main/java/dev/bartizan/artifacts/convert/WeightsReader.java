package dev.bartizan.artifacts.convert;

import dev.bartizan.artifacts.archive.Unpacking;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.zip.ZipArchive;
import dev.bartizan.formats.zip.ZipLimits;
import dev.bartizan.formats.zip.ZipReader;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;

/// Reads weights of any format that is told by its content.
final class WeightsReader {
    /// `torch.save`'s magic number before version 1.6 (pytorch/pytorch, `torch/serialization.py`).
    private static final BigInteger TORCH_MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

    private static final long MOST_UNPACKED_BYTES = 64L << 30;

    private final Opened opened;
    private final BuffersBeside buffers;

    /// @param opened what is opened on the way, closed by the caller
    /// @param buffers what stands beside the file
    WeightsReader(Opened opened, BuffersBeside buffers) {
        this.opened = opened;
        this.buffers = buffers;
    }

    /// What the file holds.
    ///
    /// @param root the value
    /// @param framework `pt` or `np`, the word that safetensors files carry
    record Found(Node root, String framework) {}

    Found read(ByteSource file) throws IOException, FormatException, Refused {
        Found found = found(file);
        buffers.checkTaken();
        return found;
    }

    private Found found(ByteSource file) throws IOException, FormatException, Refused {
        if (file.has(0, "PK\3\4") || file.has(0, "PK\5\6")) {
            return archive(file);
        }
        if (file.has(0, NpyText.MAGIC)) {
            return new Found(new Node.Weights(NpyText.tensor(file)), "np");
        }
        Optional<ByteSource> unpacked = Unpacking.unpack(file, MOST_UNPACKED_BYTES);
        if (unpacked.isPresent()) {
            return pickle(opened.keep(unpacked.get()));
        }
        return pickle(file);
    }

    private Found archive(ByteSource file) throws IOException, FormatException, Refused {
        ZipArchive archive = ZipReader.read(file, ZipLimits.USUAL);
        Optional<ZipArchive.Anomaly> odd =
                archive.anomalies().stream()
                        .filter(anomaly -> anomaly.weight() != ZipArchive.Weight.ODD)
                        .findFirst();
        if (odd.isPresent() || !archive.gaps().isEmpty()) {
            throw new Refused(
                    "readers of the archive may disagree on what it holds: "
                            + odd.map(ZipArchive.Anomaly::message)
                                    .orElse("bytes stand between its members"));
        }
        TorchArchive torch = new TorchArchive(file, archive, opened);
        return torch.isOne() ? new Found(torch.read(), "pt") : new Found(torch.arrays(), "np");
    }

    private Found pickle(ByteSource file) throws IOException, FormatException, Refused {
        ByteReader in = new ByteReader(file);
        LegacyStorages storages = new LegacyStorages();
        Node first = new TensorPickle(in, new TensorCalls(StorageSource.NONE), buffers).run();
        boolean isLegacy =
                first instanceof Node.Scalar scalar && TORCH_MAGIC.equals(scalar.value());
        if (isLegacy) {
            return new Found(storages.read(in), "pt");
        }
        if (in.remaining() > 0) {
            throw new Refused(in.remaining() + " bytes stand behind the pickle");
        }
        return new Found(first, "np");
    }
}
