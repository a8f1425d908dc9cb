package vn.sotay.platform.seals;

import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import vn.sotay.api.store.Store;
import vn.sotay.platform.module.Module;
import vn.sotay.platform.module.ModuleException;
import vn.sotay.platform.module.ModulePart;

/** Remembers which columns a module seals, before it can seal anything. Comes after its tables were migrated. */
@Component(property = "service.ranking:Integer=-110")
public final class SealedColumnPart implements ModulePart {

    private final Store store;
    private final SealStart start;

    @Activate
    public SealedColumnPart(@Reference Store store, @Reference SealStart start) {
        this.store = store;
        this.start = start;
    }

    @Override
    public boolean isPersistent() {
        return true;
    }

    @Override
    public void check(Module module) throws ModuleException {
        List<SealedColumn> declared = SealedColumn.of(module);
        if (declared.isEmpty()) {
            return;
        }
        List<SealedColumn> known = store.read(SealedColumnRows::all);
        for (SealedColumn column : declared) {
            for (SealedColumn one : known) {
                boolean isSame = one.module().equals(column.module())
                        && one.field().equals(column.field())
                        && one.keys().equals(column.keys());
                if (one.place().equals(column.place()) && !isSame) {
                    throw new ModuleException("its values in " + column.table() + '.' + column.column()
                            + " were sealed as " + one.module() + '.' + one.field() + " by "
                            + String.join(", ", one.keys())
                            + ", and could not be opened any more: put them into another column");
                }
            }
        }
    }

    @Override
    public void add(Module module) throws ModuleException {
        List<SealedColumn> declared = SealedColumn.of(module);
        Optional<String> missing = store.read(tx -> declared.stream()
                .flatMap(column -> SealedColumnRows.missing(tx, column).stream())
                .findFirst());
        if (missing.isPresent()) {
            throw new ModuleException("its sealed column " + missing.get()
                    + " is not in the database as a varchar: make it by a migration");
        }
        store.change(tx -> {
            declared.forEach(column -> SealedColumnRows.remember(tx, column));
            SealedColumnRows.mayBePlain(tx, module.id(), declared);
        });
    }

    @Override
    public void started(Module module) throws ModuleException {
        if (!SealedColumn.of(module).isEmpty()) {
            start.sealPlain(module.id());
        }
    }
}
