package vn.sotay.platform.personal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Store;
import vn.sotay.api.store.Transaction;
import vn.sotay.platform.json.Json;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/**
 * The register of personal data: what each table keeps of people, what for and how long. What a module declares is remembered in the
 * database, so that somebody is deleted from its tables also while it is stopped. Comes after a module's tables were migrated. Thread-safe.
 */
@Component(
        service = {Register.class, ModulePart.class},
        property = "service.ranking:Integer=-120")
public final class Register implements ModulePart {

    static final String FILE = "sotay/personal-data.json";

    /** The file. */
    private record Declared(Map<String, PersonalTable> tables) {}

    /**
     * A table of the register.
     *
     * @param module whose table it is
     */
    record Entry(String module, String table, PersonalTable of) {}

    private final Store store;
    private final ObjectMapper json = Json.own();
    private final Module platform;
    private @Nullable Map<String, PersonalTable> ofPlatform;

    @Activate
    public Register(BundleContext context, @Reference Store store) {
        this.store = store;
        this.platform = new Module(Module.PLATFORM, context.getBundle(), MissingNode.getInstance());
    }

    /** The platform's own tables; read when somebody asks, since a start does not. */
    private synchronized Map<String, PersonalTable> ofPlatform() {
        Map<String, PersonalTable> known = ofPlatform;
        if (known == null) {
            try {
                known = read(platform);
            } catch (ModuleException e) {
                throw new IllegalStateException("the platform was built with a wrong register", e);
            }
            ofPlatform = known;
        }
        return known;
    }

    static Map<String, PersonalTable> read(Module module) throws ModuleException {
        byte[] file = module.read(FILE).orElse(null);
        return file == null ? Map.of() : parse(FILE + " of " + module.id(), file);
    }

    /** @param name how its author finds the file */
    static Map<String, PersonalTable> parse(String name, byte[] file) throws ModuleException {
        try {
            @Nullable Declared declared = Json.ownFiles().readValue(file, Declared.class);
            if (declared == null || declared.tables() == null) {
                throw new ModuleException(name + " has no \"tables\"");
            }
            declared.tables().keySet().forEach(PersonalTable::name);
            return new TreeMap<>(declared.tables());
        } catch (JsonProcessingException e) {
            throw new ModuleException(name + " is wrong: " + e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new ModuleException(name + " is wrong: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public void check(Module module) throws ModuleException {
        Map<String, PersonalTable> declared = read(module);
        if (declared.isEmpty()) {
            return;
        }
        for (Entry known : store.read(this::all)) {
            if (declared.containsKey(known.table()) && !known.module().equals(module.id())) {
                throw new ModuleException(FILE + " names the table " + known.table() + ", which is " + known.module()
                        + "'s: leave it out");
            }
        }
    }

    @Override
    public void add(Module module) throws ModuleException {
        Map<String, PersonalTable> declared = read(module);
        SortedMap<String, SortedSet<String>> there =
                store.read(tx -> columns(tx.handle().getConnection()));
        for (Map.Entry<String, PersonalTable> one : declared.entrySet()) {
            requireWhole(one.getKey(), one.getValue(), there.getOrDefault(one.getKey(), new TreeSet<>()));
        }
        store.change(tx -> declared.forEach((table, of) -> remember(tx, module.id(), table, of)));
    }

    /** A column that stands in no register could keep what is never deleted. */
    private static void requireWhole(String table, PersonalTable of, Set<String> there) throws ModuleException {
        Set<String> missing = new TreeSet<>(there);
        missing.removeAll(of.columns());
        if (!missing.isEmpty()) {
            throw new ModuleException(FILE + " leaves out " + String.join(", ", missing) + " of the table " + table
                    + ": say what it is for, or that it is technical");
        }
        Set<String> unknown = new TreeSet<>(of.columns());
        unknown.removeAll(there);
        if (!unknown.isEmpty()) {
            throw new ModuleException(FILE + " names " + String.join(", ", unknown) + " of the table " + table
                    + ", which the database does not have: make it by a migration");
        }
    }

    private void remember(Transaction tx, String module, String table, PersonalTable of) {
        String declared;
        try {
            declared = json.writeValueAsString(of);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a declaration is always JSON", e);
        }
        if (tx.handle()
                        .execute(
                                "update personal_table set module = ?, declared = ? where table_name = ?",
                                module,
                                declared,
                                table)
                == 0) {
            tx.handle()
                    .execute(
                            "insert into personal_table (module, declared, table_name) values (?, ?, ?)",
                            module,
                            declared,
                            table);
        }
    }

    /** The tables that are there, in the order of their names. */
    List<Entry> all(Transaction tx) {
        Set<String> there = columns(tx.handle().getConnection()).keySet();
        SortedMap<String, Entry> all = new TreeMap<>();
        ofPlatform().forEach((table, of) -> all.put(table, new Entry(Module.PLATFORM, table, of)));
        tx.handle()
                .createQuery("select table_name, module, declared from personal_table")
                .map((row, context) -> new Entry(row.getString(2), row.getString(1), declared(row.getString(3))))
                .forEach(one -> all.putIfAbsent(one.table(), one));
        return all.values().stream().filter(one -> there.contains(one.table())).toList();
    }

    private PersonalTable declared(String text) {
        try {
            return json.readValue(text, PersonalTable.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written as a declaration is one", e);
        }
    }

    /** What the database has and the register leaves out: {@code table}, or {@code table.column}. */
    List<String> leftOut(Transaction tx) {
        Map<String, Set<String>> known = new TreeMap<>();
        all(tx).forEach(one -> known.put(one.table(), one.of().columns()));
        SortedSet<String> out = new TreeSet<>();
        columns(tx.handle().getConnection()).forEach((table, columns) -> {
            Set<String> declared = known.get(table);
            if (declared == null) {
                out.add(table);
            } else {
                columns.stream()
                        .filter(column -> !declared.contains(column))
                        .forEach(column -> out.add(table + '.' + column));
            }
        });
        return List.copyOf(out);
    }

    /** The columns of all tables of this database. */
    static SortedMap<String, SortedSet<String>> columns(Connection connection) {
        SortedMap<String, SortedSet<String>> columns = new TreeMap<>();
        try {
            DatabaseMetaData data = connection.getMetaData();
            try (ResultSet tables = data.getTables(null, connection.getSchema(), "%", new String[] {"TABLE"})) {
                while (tables.next()) {
                    columns.put(tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT), new TreeSet<>());
                }
            }
            try (ResultSet all = data.getColumns(null, connection.getSchema(), "%", "%")) {
                while (all.next()) {
                    SortedSet<String> of =
                            columns.get(all.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
                    if (of != null) {
                        of.add(all.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
                    }
                }
            }
            return columns;
        } catch (SQLException e) {
            throw new IllegalStateException("the tables cannot be asked for", e);
        }
    }
}
