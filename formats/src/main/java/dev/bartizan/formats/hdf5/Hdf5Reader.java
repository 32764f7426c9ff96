package dev.bartizan.formats.hdf5;

import dev.bartizan.formats.ByteReader;
import dev.bartizan.formats.ByteSource;
import dev.bartizan.formats.FormatException;
import dev.bartizan.formats.hdf5.Hdf5Tree.Attribute;
import dev.bartizan.formats.hdf5.Hdf5Tree.Dataset;
import dev.bartizan.formats.hdf5.Hdf5Tree.Filter;
import dev.bartizan.formats.hdf5.Hdf5Tree.Kind;
import dev.bartizan.formats.hdf5.Hdf5Tree.Link;
import dev.bartizan.formats.hdf5.ObjectHeader.Message;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Walks all objects of an HDF5 file, each once, whatever else of the file is broken.
public final class Hdf5Reader {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int LAST_PLACE = 1 << 20;

    private static final int DATASPACE = 1;
    private static final int LINK_INFO = 2;
    private static final int DATATYPE = 3;
    private static final int LINK = 6;
    private static final int EXTERNAL_FILES = 7;
    private static final int LAYOUT = 8;
    private static final int FILTERS = 11;
    private static final int ATTRIBUTE = 12;
    private static final int SYMBOL_TABLE = 17;
    private static final int ATTRIBUTE_INFO = 21;

    private final Hdf5Input input;
    private final AttributeMessage attributeReader;
    private final GlobalHeap heap;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Dataset> datasets = new ArrayList<>();
    private final Set<Long> visited = new HashSet<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /// An object that is still to be visited; `above` are the groups it was reached through.
    private record Waiting(String path, long address, Ancestry above) {}

    private record Ancestry(
            long address, int depth, @org.jspecify.annotations.Nullable Ancestry above) {
        boolean has(long other) {
            for (Ancestry one = this; one != null; one = one.above()) {
                if (one.address() == other) {
                    return true;
                }
            }
            return false;
        }
    }

    private Hdf5Reader(Hdf5Input input) {
        this.input = input;
        this.heap = new GlobalHeap(input);
        this.attributeReader = new AttributeMessage(input, heap);
    }

    /// Where the superblock starts: at 0, 512, 1024 and so on; -1 when there is none.
    public static long superblock(ByteSource bytes) throws IOException {
        for (long at = 0; at < bytes.size() && at <= LAST_PLACE; at = at == 0 ? 512 : at * 2) {
            if (bytes.has(at, SIGNATURE)) {
                return at;
            }
        }
        return -1;
    }

    /// Reads the tree. Offsets in it count from the start of `bytes`.
    ///
    /// @param bytes from the superblock on
    /// @throws FormatException when not even the superblock can be read
    public static Hdf5Tree read(ByteSource bytes) throws IOException, FormatException {
        Superblock superblock = Superblock.read(bytes);
        Hdf5Reader reader = new Hdf5Reader(superblock.input());
        if (superblock.end() < 0 || superblock.end() > bytes.size()) {
            superblock
                    .input()
                    .problem(
                            0,
                            "The file promises "
                                    + Long.toUnsignedString(superblock.end())
                                    + " bytes, "
                                    + bytes.size()
                                    + " present");
        }
        reader.walk(superblock);
        return reader.tree();
    }

    private Hdf5Tree tree() {
        return new Hdf5Tree(
                attributes, links, datasets, input.structure(), input.problems(), input.unread());
    }

    private void walk(Superblock superblock) throws IOException {
        Ancestry top = new Ancestry(superblock.rootAddress(), 0, null);
        waiting.add(new Waiting("/", superblock.rootAddress(), top));
        if (superblock.extensionAddress() != Hdf5Input.UNDEFINED) {
            waiting.add(new Waiting("(superblock)", superblock.extensionAddress(), top));
        }
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!visited.add(next.address())) {
                continue;
            }
            if (visited.size() > Hdf5Limits.OBJECTS) {
                input.problem(0, "The file has more than " + Hdf5Limits.OBJECTS + " objects");
                return;
            }
            try {
                visit(next);
            } catch (FormatException e) {
                input.problem(
                        new FormatException(
                                e.kind(),
                                Math.max(e.offset(), 0),
                                "Object \"" + next.path() + "\": " + e.what()));
            }
        }
    }

    private void visit(Waiting object) throws IOException, FormatException {
        ObjectHeader header = ObjectHeader.read(input, object.address());
        for (Message message : header.messages()) {
            try {
                message(object, message);
            } catch (FormatException e) {
                input.problem(
                        new FormatException(
                                e.kind(),
                                e.offset() == 0 ? message.from() : e.offset(),
                                "Object \"" + object.path() + "\": " + e.what()));
            }
        }
        if (header.messages().stream().anyMatch(message -> message.type() == LAYOUT)) {
            dataset(object, header);
        }
    }

    private void message(Waiting object, Message message) throws IOException, FormatException {
        switch (message.type()) {
            case ATTRIBUTE -> {
                if (message.isShared()) {
                    throw FormatException.unsupported(
                            message.from(), "an attribute kept in the shared heap");
                }
                attributes.add(
                        attributeReader.read(object.path(), content(message), message.from()));
            }
            case ATTRIBUTE_INFO -> denseAttributes(object, message);
            case LINK -> link(object, LinkMessage.read(input, content(message)), message.from());
            case LINK_INFO -> denseLinks(object, message);
            case SYMBOL_TABLE -> symbolTable(object, message);
            default -> {}
        }
    }

    private ByteSource content(Message message) {
        return input.bytes().slice(message.from(), message.size());
    }

    private void denseAttributes(Waiting object, Message message)
            throws IOException, FormatException {
        ByteReader in = input.at(message.from() + 1);
        in.skip((in.u8() & 1) != 0 ? 2 : 0);
        long heapAddress = input.offset(in);
        long index = input.offset(in);
        if (heapAddress == Hdf5Input.UNDEFINED || index == Hdf5Input.UNDEFINED) {
            return;
        }
        FractalHeap objects = FractalHeap.read(input, heapAddress);
        for (long record : BTree2.records(input, index)) {
            ByteSource bytes = objects.object(input.at(record));
            attributes.add(attributeReader.read(object.path(), bytes, record));
        }
    }

    private void denseLinks(Waiting object, Message message) throws IOException, FormatException {
        ByteReader in = input.at(message.from() + 1);
        in.skip((in.u8() & 1) != 0 ? 8 : 0);
        long heapAddress = input.offset(in);
        long index = input.offset(in);
        if (heapAddress == Hdf5Input.UNDEFINED || index == Hdf5Input.UNDEFINED) {
            return;
        }
        FractalHeap objects = FractalHeap.read(input, heapAddress);
        for (long record : BTree2.records(input, index)) {
            ByteReader id = input.at(record);
            id.skip(4); // hash of the name
            link(object, LinkMessage.read(input, objects.object(id)), record);
        }
    }

    private void symbolTable(Waiting object, Message message) throws IOException, FormatException {
        ByteReader in = input.at(message.from());
        long tree = input.offset(in);
        LocalHeap names = LocalHeap.read(input, input.offset(in));
        for (BTree1.Leaf leaf : BTree1.ofGroup(input, tree)) {
            ByteReader node = input.at(leaf.address(), "SNOD");
            node.skip(2);
            int entries = node.u16();
            for (int i = 0; i < entries; i++) {
                input.take(node.position());
                symbol(object, names, node);
            }
            input.structure(leaf.address(), node.position());
        }
    }

    private void symbol(Waiting object, LocalHeap names, ByteReader node)
            throws IOException, FormatException {
        long at = node.position();
        String name = names.name(input.offset(node));
        long address = input.offset(node);
        long cache = node.u32();
        node.skip(4);
        long scratch = node.u32();
        node.skip(12);
        if (cache == 2) {
            link(object, new LinkMessage.Soft(name, names.name(scratch)), at);
        } else {
            link(object, new LinkMessage.Hard(name, address), at);
        }
    }

    private void link(Waiting object, LinkMessage link, long at) throws FormatException {
        String path =
                object.path().equals("/") ? "/" + link.name() : object.path() + "/" + link.name();
        switch (link) {
            case LinkMessage.Hard hard -> follow(object, path, hard.address(), at);
            case LinkMessage.Soft soft ->
                    links.add(new Link(path, Link.Type.SOFT, "", soft.target(), at));
            case LinkMessage.External external ->
                    links.add(
                            new Link(
                                    path,
                                    Link.Type.EXTERNAL,
                                    external.file(),
                                    external.target(),
                                    at));
            case LinkMessage.UserDefined other ->
                    links.add(
                            new Link(path, Link.Type.USER_DEFINED, "", "type " + other.type(), at));
        }
    }

    private void follow(Waiting object, String path, long address, long at) throws FormatException {
        if (object.above().has(address)) {
            throw FormatException.broken(at, "The group \"" + path + "\" lies in itself");
        }
        if (object.above().depth() >= Hdf5Limits.DEPTH) {
            throw FormatException.limit(at, "Groups are nested deeper than " + Hdf5Limits.DEPTH);
        }
        waiting.add(
                new Waiting(
                        path,
                        address,
                        new Ancestry(address, object.above().depth() + 1, object.above())));
    }

    private void dataset(Waiting object, ObjectHeader header) throws IOException, FormatException {
        Kind kind = Kind.OTHER;
        List<String> otherFiles = new ArrayList<>();
        List<Filter> filters = List.of();
        DataSpace space = DataSpace.SCALAR;
        Optional<Message> layout = Optional.empty();
        for (Message message : header.messages()) {
            if (message.isShared()) {
                continue;
            }
            switch (message.type()) {
                case DATATYPE -> kind = DataType.read(input.at(message.from())).kind();
                case DATASPACE -> space = DataSpace.read(input, input.at(message.from()));
                case EXTERNAL_FILES -> otherFiles.addAll(Storage.externalFiles(input, message));
                case FILTERS -> filters = Storage.filters(input, message);
                case LAYOUT -> layout = Optional.of(message);
                default -> {}
            }
        }
        Storage storage =
                layout.isEmpty()
                        ? Storage.ELSEWHERE
                        : Storage.layout(input, heap, layout.get(), space);
        otherFiles.addAll(storage.otherFiles());
        datasets.add(
                new Dataset(
                        object.path(),
                        kind,
                        space.axes(),
                        storage.ranges(),
                        otherFiles,
                        filters,
                        storage.skipped(),
                        storage.isMapped()));
    }
}
