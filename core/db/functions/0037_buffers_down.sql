DROP TABLE supplier_buffers;
