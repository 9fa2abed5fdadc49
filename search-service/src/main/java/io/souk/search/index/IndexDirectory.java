package io.souk.search.index;

import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;

import java.io.IOException;
import java.nio.file.Path;

/** Ways to read the files of an index. */
public enum IndexDirectory {
    /** Positional reads. */
    NIO {
        @Override
        Directory open(Path folder) throws IOException {
            return new NIOFSDirectory(folder);
        }
    },
    /** Mapped into memory; needs the foreign-function interface. */
    MMAP {
        @Override
        Directory open(Path folder) throws IOException {
            return new MMapDirectory(folder);
        }
    };

    abstract Directory open(Path folder) throws IOException;
}
