package dev.bartizan.formats.hdf5;

import java.util.List;

/// What the object tree of an HDF5 file holds.
///
/// @param attributes of all objects
/// @param links that lead out of the file or that are not plain
/// @param datasets with the places of their data
/// @param structure ranges of the file that hold headers, indexes and heaps
/// @param problems broken rules, in the order in which they were met
/// @param unread parts that a reader would read and this one did not, with the reason
public record Hdf5Tree(
        List<Attribute> attributes,
        List<Link> links,
        List<Dataset> datasets,
        List<Range> structure,
        List<Problem> problems,
        List<String> unread) {
    public Hdf5Tree {
        attributes = List.copyOf(attributes);
        links = List.copyOf(links);
        datasets = List.copyOf(datasets);
        structure = List.copyOf(structure);
        problems = List.copyOf(problems);
        unread = List.copyOf(unread);
    }

    /// A named value of an object.
    ///
    /// @param owner path of the object, `/` for the root group
    /// @param name its name
    /// @param kind class of its type
    /// @param values its elements, those of text and opaque types only; at most {@link
    ///   Hdf5Limits#VALUE_BYTES} bytes in all
    /// @param offset where it stands in the file
    public record Attribute(
            String owner, String name, Kind kind, List<byte[]> values, long offset) {
        public Attribute {
            values = List.copyOf(values);
        }
    }

    /// Classes of types, as far as they are told apart.
    public enum Kind {
        /// Whole numbers, floats, enumerations, bit fields.
        NUMBER,
        /// Text of fixed or variable length.
        TEXT,
        /// Bytes without meaning to the library.
        OPAQUE,
        /// Lists of variable length of something else than text.
        LIST,
        /// Several fields.
        COMPOUND,
        /// Anything else.
        OTHER
    }

    /// A link that is not a plain one to an object of this file.
    ///
    /// @param path where it stands
    /// @param type what kind
    /// @param file the other file; empty for soft links
    /// @param target the object it leads to
    /// @param offset where it stands in the file
    public record Link(String path, Type type, String file, String target, long offset) {
        /// Kinds of links.
        public enum Type {
            /// To a path in this file.
            SOFT,
            /// To an object of another file.
            EXTERNAL,
            /// Followed by code that a program registered.
            USER_DEFINED
        }
    }

    /// A dataset.
    ///
    /// @param path where it is in the tree
    /// @param kind class of its type
    /// @param shape elements along each axis; none for a single value
    /// @param data ranges of the file that hold its elements, in file order as far as known
    /// @param otherFiles files from which its elements are read
    /// @param filters what its chunks went through, in order
    /// @param skipped for each range that is a chunk, by bits, the filters it did not go through
    /// @param isMapped whether `data` is all of it
    public record Dataset(
            String path,
            Kind kind,
            List<Long> shape,
            List<Range> data,
            List<String> otherFiles,
            List<Filter> filters,
            List<Integer> skipped,
            boolean isMapped) {
        public Dataset {
            shape = List.copyOf(shape);
            data = List.copyOf(data);
            otherFiles = List.copyOf(otherFiles);
            filters = List.copyOf(filters);
            skipped = List.copyOf(skipped);
        }
    }

    /// A filter: what packs, turns or checks the bytes of a chunk.
    ///
    /// @param id as registered with The HDF Group; those from 256 on are no part of the library
    /// @param values its settings
    public record Filter(int id, List<Integer> values) {
        public Filter {
            values = List.copyOf(values);
        }
    }

    /// Bytes of the file.
    ///
    /// @param from first byte
    /// @param to behind the last byte
    public record Range(long from, long to) {}

    /// A broken rule.
    ///
    /// @param offset where
    /// @param message one sentence for people
    public record Problem(long offset, String message) {}
}
