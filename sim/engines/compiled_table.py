"""The state's tables as the compiler sees them: an address and three lengths, instead of numba's arrays.

The phases pass the whole state from law to law and read single numbers from it. numba's arrays carry eleven words each
and wrap negative indices; a table of four words that does neither compiles in half the time and runs faster.
"""

import operator
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import (
    NativeValue,
    intrinsic,
    models,
    overload,
    overload_attribute,
    register_model,
    typeof_impl,
    unbox,
)

POINTER = types.CPointer(types.float64)


class CompiledTable:
    """A table of 64-bit floats, of one to three dimensions, that a compiled law may read and write."""

    def __init__(self, array: np.ndarray[Any, np.dtype[np.float64]]) -> None:
        self.array = array  # keeps the buffer alive
        self.address = array.ctypes.data
        self.dimensions = array.ndim
        lengths: tuple[int, ...] = (*array.shape, 1, 1)
        self.n0, self.n1, self.n2 = lengths[:3]

    def __getitem__(self, at: Any) -> Any:
        return self.array[at]

    def __setitem__(self, at: Any, value: Any) -> None:
        self.array[at] = value

    def __len__(self) -> int:
        return self.n0


class TableType(types.Type):  # type: ignore[misc]
    """A `CompiledTable` of so many dimensions."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        super().__init__(name=f"Table({dimensions})")


@typeof_impl.register(CompiledTable)  # type: ignore[untyped-decorator]
def _typeof(table: CompiledTable, context: Any) -> TableType:
    return TableType(table.dimensions)


@register_model(TableType)
class _TableModel(models.StructModel):  # type: ignore[misc]
    def __init__(self, manager: Any, kind: Any) -> None:
        lengths = [(name, types.intp) for name in ("n0", "n1", "n2")]
        super().__init__(manager, kind, [("data", types.CPointer(types.float64)), *lengths])


@unbox(TableType)  # type: ignore[untyped-decorator]
def _unbox(kind: Any, table: Any, c: Any) -> NativeValue:
    proxy = cgutils.create_struct_proxy(kind)(c.context, c.builder)
    for name, attribute in (("n0", "n0"), ("n1", "n1"), ("n2", "n2"), ("data", "address")):
        held = c.pyapi.object_getattr_string(table, attribute)
        number = c.pyapi.number_as_ssize_t(held)
        c.pyapi.decref(held)
        pointer = c.context.get_value_type(types.CPointer(types.float64))
        setattr(proxy, name, c.builder.inttoptr(number, pointer) if name == "data" else number)
    return NativeValue(proxy._getvalue())


@intrinsic
def address_of(typing_context, table, place):  # type: ignore[no-untyped-def]
    """The address of the number at a flat place of a table."""
    signature = types.CPointer(types.float64)(table, types.intp)

    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        held = cgutils.create_struct_proxy(signature.args[0])(context, builder, value=arguments[0])
        return builder.gep(held.data, [arguments[1]])

    return signature, code


def _length(name: str) -> Any:
    """An intrinsic that reads one of a table's lengths."""

    @intrinsic
    def length(typing_context, table):  # type: ignore[no-untyped-def]
        def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            held = cgutils.create_struct_proxy(signature.args[0])(context, builder, value=arguments[0])
            return getattr(held, name)

        return types.intp(table), code

    return length


_n0, _n1, _n2 = _length("n0"), _length("n1"), _length("n2")


@intrinsic
def _load(typing_context, address):  # type: ignore[no-untyped-def]
    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        return builder.load(arguments[0])

    return types.float64(types.CPointer(types.float64)), code


@intrinsic
def _store(typing_context, address, value):  # type: ignore[no-untyped-def]
    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        builder.store(arguments[1], arguments[0])
        return context.get_dummy_value()

    return types.void(types.CPointer(types.float64), types.float64), code


@intrinsic
def _flat(typing_context, table, at):  # type: ignore[no-untyped-def]
    """The flat place of an index, as the address of its number; checked where NUMBA_BOUNDSCHECK is set."""
    single = isinstance(at, types.Integer)
    index = types.intp if single else types.UniTuple(types.intp, len(at))
    signature = types.CPointer(types.float64)(table, index)

    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        held = cgutils.create_struct_proxy(signature.args[0])(context, builder, value=arguments[0])
        places = [arguments[1]] if single else cgutils.unpack_tuple(builder, arguments[1])
        flat = places[0]
        for axis, place in enumerate(places):
            length = getattr(held, f"n{axis}")
            if numba.config.BOUNDSCHECK:
                with builder.if_then(builder.icmp_unsigned(">=", place, length), likely=False):
                    context.call_conv.return_user_exc(builder, IndexError, ("outside of a table",))
            if axis:
                flat = builder.add(builder.mul(flat, length), place)
        return builder.gep(held.data, [flat])

    return signature, code


@overload(operator.getitem)
def _getitem(table, at):  # type: ignore[no-untyped-def]
    if isinstance(table, TableType):
        return lambda table, at: _load(_flat(table, at))
    return None


@overload(operator.setitem)
def _setitem(table, at, value):  # type: ignore[no-untyped-def]
    if isinstance(table, TableType):
        return lambda table, at, value: _store(_flat(table, at), value)
    return None


@overload(len)
def _len(table):  # type: ignore[no-untyped-def]
    if isinstance(table, TableType):
        return lambda table: _n0(table)  # noqa: PLW0108 - numba wants a function of its own
    return None


@overload_attribute(TableType, "shape")
def _shape(table):  # type: ignore[no-untyped-def]
    return lambda table: (_n0(table), _n1(table), _n2(table))


@intrinsic
def call(typing_context, function, view, traits):  # type: ignore[no-untyped-def]
    """Call the compiled rule at an address, with the addresses of its View and of its traits."""
    return types.float64(function, POINTER, POINTER), _call_address


@intrinsic
def call_expression(typing_context, function, view, program, answer):  # type: ignore[no-untyped-def]
    """Call the compiled interpreter, with the addresses of a View and of a program, and the rule's answer."""
    return types.float64(function, POINTER, POINTER, types.float64), _call_address


def _call_address(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
    double = context.get_value_type(types.float64)
    pointer = ir.FunctionType(double, [argument.type for argument in arguments[1:]]).as_pointer()
    return builder.call(builder.inttoptr(arguments[0], pointer), arguments[1:])


@intrinsic
def copy(typing_context, into, source, count):  # type: ignore[no-untyped-def]
    """Copy so many numbers from one address to another: one memcpy."""
    signature = types.void(POINTER, POINTER, types.intp)

    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        cgutils.raw_memcpy(builder, arguments[0], arguments[1], arguments[2], 8)
        return context.get_dummy_value()

    return signature, code
