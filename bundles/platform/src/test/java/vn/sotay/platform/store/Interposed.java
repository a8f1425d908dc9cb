package vn.sotay.platform.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** A database with something between Sotay and each commit: a pause, or a connection that breaks. */
class Interposed implements Database {

    /** Commits, or does not. */
    interface Commit {
        void commit(Connection connection) throws SQLException;
    }

    private final Database real;
    private final Commit commit;

    Interposed(Database real, Commit commit) {
        this.real = real;
        this.commit = commit;
    }

    @Override
    public DataSource dataSource() {
        DataSource source = real.dataSource();
        return proxy(DataSource.class, (method, arguments) -> {
            Object made = method.invoke(source, arguments);
            return made instanceof Connection connection ? interposed(connection) : made;
        });
    }

    private Connection interposed(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                commit.commit(connection);
                return null;
            }
            return method.invoke(connection, arguments);
        });
    }

    private interface Call {
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Interposed.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.call(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public String name() {
        return real.name();
    }

    @Override
    public void open() throws SQLException {
        real.open();
    }

    @Override
    public void own(Connection connection) throws SQLException {
        real.own(connection);
    }

    @Override
    public String explain(SQLException problem) {
        return real.explain(problem);
    }

    @Override
    public Optional<String> trouble() {
        return real.trouble();
    }

    @Override
    public boolean hasRoom() {
        return real.hasRoom();
    }

    @Override
    public void unhurried(Connection connection) throws SQLException {
        real.unhurried(connection);
    }

    @Override
    public void suspect(String state) {
        real.suspect(state);
    }

    @Override
    public int session(Connection connection) throws SQLException {
        return real.session(connection);
    }

    @Override
    public boolean isOver(int session, Connection other) throws SQLException {
        return real.isOver(session, other);
    }

    @Override
    public void close() {
        real.close();
    }
}
