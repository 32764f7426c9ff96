package dev.bartizan.testkit;

import dev.bartizan.testkit.Hdf5Builder.Chunk;
import java.util.ArrayList;
import java.util.List;

/// Writes chunks of one axis with an index of layout messages of version 4, by the letter of the
/// specification (HDF5 File Format Specification 3.0, VII).
final class Hdf5Chunks {
    private static final int PAGE_BITS = 1;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int INDEX_BITS = 6;

    private final Hdf5Builder file;
    private final boolean isFiltered;
    private final int elements;

    Hdf5Chunks(Hdf5Builder file, boolean isFiltered, int elements) {
        this.file = file;
        this.isFiltered = isFiltered;
        this.elements = elements;
    }

    byte[] layout(Hdf5Index kind, List<Chunk> chunks) {
        boolean isPackedAlone = kind == Hdf5Index.SINGLE && isFiltered;
        LittleEndian out = new LittleEndian().u8(4).u8(2).u8(isPackedAlone ? 2 : 0).u8(2).u8(4);
        out.u32(elements).u32(4);
        switch (kind) {
            case SINGLE -> {
                Chunk only = chunks.getFirst();
                out.u8(1);
                if (isFiltered) {
                    out.u64(only.packed.length).u32(only.skipped);
                }
                out.u64(file.add(only.packed));
            }
            case IMPLICIT -> {
                LittleEndian all = new LittleEndian();
                chunks.forEach(chunk -> all.raw(chunk.packed));
                out.u8(2).u64(file.add(all.done()));
            }
            case FIXED -> out.u8(3).u8(10).u64(fixed(entries(chunks), 10));
            case FIXED_PAGED -> out.u8(3).u8(PAGE_BITS).u64(fixed(entries(chunks), PAGE_BITS));
            case EXTENSIBLE -> {
                out.u8(4).u8(INDEX_BITS).u8(1).u8(2).u8(1).u8(PAGE_BITS);
                out.u64(extensible(entries(chunks)));
            }
            case TREE -> out.u8(5).u32(4096).u8(100).u8(40).u64(tree(entries(chunks)));
        }
        return out.done();
    }

    private List<byte[]> entries(List<Chunk> chunks) {
        List<byte[]> entries = new ArrayList<>();
        for (Chunk chunk : chunks) {
            LittleEndian entry = new LittleEndian().u64(file.add(chunk.packed));
            if (isFiltered) {
                entry.u32(chunk.packed.length).u32(chunk.skipped);
            }
            entries.add(entry.done());
        }
        return entries;
    }

    private int width() {
        return isFiltered ? 16 : 8;
    }

    private int client() {
        return isFiltered ? 1 : 0;
    }

    private long fixed(List<byte[]> entries, int pageBits) {
        int page = 1 << pageBits;
        LittleEndian block = new LittleEndian().text("FADB").u8(0).u8(client()).u64(0);
        if (entries.size() > page) {
            int pages = (entries.size() + page - 1) / page;
            block.raw(written(pages)).u32(0);
            pages(block, entries, page);
        } else {
            entries.forEach(block::raw);
            block.u32(0);
        }
        long data = file.add(block.done());
        LittleEndian head = new LittleEndian().text("FAHD").u8(0).u8(client()).u8(width());
        return file.add(head.u8(pageBits).u64(entries.size()).u64(data).u32(0).done());
    }

    private static void pages(LittleEndian block, List<byte[]> entries, int page) {
        for (int at = 0; at < entries.size(); at += page) {
            entries.subList(at, Math.min(entries.size(), at + page)).forEach(block::raw);
            block.u32(0);
        }
    }

    /// A map of so many pages, all of them written.
    private static byte[] written(int pages) {
        byte[] map = new byte[(pages + 7) / 8];
        for (int i = 0; i < pages; i++) {
            map[i / 8] |= (byte) (0x80 >> (i % 8));
        }
        return map;
    }

    /// One entry in the index block, then blocks of 1 and of 2, then two of 2, then two of 4.
    private long extensible(List<byte[]> entries) {
        LittleEndian index = new LittleEndian().text("EAIB").u8(0).u8(client()).u64(0);
        index.raw(entries.getFirst());
        index.u64(data(entries, 1, 1)).u64(data(entries, 2, 2));
        index.u64(superBlock(entries, 4, 2)).u64(superBlock(entries, 8, 4));
        for (int k = 4; k < 1 + INDEX_BITS; k++) {
            index.u64(Hdf5Builder.UNDEFINED);
        }
        long block = file.add(index.u32(0).done());
        LittleEndian head = new LittleEndian().text("EAHD").u8(0).u8(client()).u8(width());
        head.u8(INDEX_BITS).u8(1).u8(1).u8(2).u8(PAGE_BITS).zeros(48).u64(block);
        return file.add(head.u32(0).done());
    }

    private long superBlock(List<byte[]> entries, int from, int count) {
        if (from >= entries.size()) {
            return Hdf5Builder.UNDEFINED;
        }
        LittleEndian block = new LittleEndian().text("EASB").u8(0).u8(client()).u64(0).u8(from - 1);
        if (count > PAGE) {
            int here = Math.min(entries.size() - from, 2 * count);
            byte[] map = new byte[2];
            map[0] = written((here + PAGE - 1) / PAGE)[0];
            block.raw(map);
        }
        block.u64(data(entries, from, count)).u64(data(entries, from + count, count));
        return file.add(block.u32(0).done());
    }

    private long data(List<byte[]> entries, int from, int count) {
        if (from >= entries.size()) {
            return Hdf5Builder.UNDEFINED;
        }
        List<byte[]> here = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            byte[] none = new LittleEndian().u64(Hdf5Builder.UNDEFINED).zeros(width() - 8).done();
            here.add(i < entries.size() ? entries.get(i) : none);
        }
        LittleEndian block = new LittleEndian().text("EADB").u8(0).u8(client()).u64(0).u8(from - 1);
        if (count > PAGE) {
            pages(block.u32(0), here, PAGE);
        } else {
            here.forEach(block::raw);
            block.u32(0);
        }
        return file.add(block.done());
    }

    private long tree(List<byte[]> entries) {
        int type = isFiltered ? 11 : 10;
        LittleEndian leaf = new LittleEndian().text("BTLF").u8(0).u8(type);
        for (int i = 0; i < entries.size(); i++) {
            leaf.raw(entries.get(i)).u64(i);
        }
        long root = file.add(leaf.zeros(4096 - leaf.size()).done());
        LittleEndian head = new LittleEndian().text("BTHD").u8(0).u8(type).u32(4096);
        head.u16(width() + 8).u16(0).u8(100).u8(40).u64(root);
        return file.add(head.u16(entries.size()).u64(entries.size()).u32(0).done());
    }
}
