package dev.bartizan.artifacts.safetensors;

import dev.bartizan.artifacts.hidden.HiddenFiles;
import dev.bartizan.artifacts.instructions.Instructions;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.spi.Shown;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.safetensors.SafetensorsHeader;
import dev.bartizan.formats.safetensors.SafetensorsReader;
import java.io.IOException;
import java.util.Map;

/// Safetensors: a JSON header and plain numbers. Cannot run code; can lie about its layout.
public final class SafetensorsAnalyser implements FormatAnalyser {
    static final Rule BROKEN =
            Rule.structure(
                    "safetensors-structure",
                    "Have the file saved again by the safetensors library.",
                    "CWE-1284");

    @Override
    public String format() {
        return "safetensors";
    }

    @Override
    public boolean canHoldCode() {
        return false;
    }

    @Override
    public boolean recognises(Item item) throws IOException {
        if (item.name().endsWith(".safetensors")) {
            return item.bytes().size() > 0;
        }
        if (item.bytes().size() < 10 || !item.bytes().has(8, "{")) {
            return false;
        }
        try {
            long length = new ByteReader(item.bytes()).i64();
            return length >= 2 && length <= item.bytes().size() - 8;
        } catch (FormatException e) {
            return false;
        }
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        SafetensorsHeader header = SafetensorsReader.read(item.bytes());
        for (SafetensorsHeader.Problem problem : header.problems()) {
            notes.broken(BROKEN, Severity.MEDIUM, problem.offset(), problem.message());
        }
        for (Map.Entry<String, String> entry : header.metadata().entrySet()) {
            String what = "metadata \"" + Shown.text(entry.getKey()) + "\"";
            MetadataText.look(what, Severity.MEDIUM, entry.getValue(), notes);
            Instructions.look(entry.getValue(), Instructions.Use.READ, "#" + what, notes);
        }
        notes.cover(0, header.dataStart());
        for (SafetensorsHeader.Tensor tensor : header.tensors()) {
            notes.cover(header.dataStart() + tensor.begin(), header.dataStart() + tensor.end());
            if (tensor.name().contains("../") || tensor.name().contains("..\\")) {
                notes.finding(
                        TextRules.PATH,
                        Severity.MEDIUM,
                        8,
                        "The name of a tensor leads out of the folder it is written to: "
                                + Shown.text(tensor.name()));
            }
        }
        long start = header.dataStart();
        HiddenFiles.look(item.bytes().slice(start, item.bytes().size()), start, notes);
    }
}
