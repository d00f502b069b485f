"""The field's nouns as frozen values: no effect, no library, no dict.

Instants are aware and UTC; days are the local days of DESIGN.md §4 "Time".
"""
