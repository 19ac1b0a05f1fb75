import { Column, Entity, PrimaryColumn } from 'typeorm';
import { type Role } from './caller';

/** A stored API key: its hash, never the key. */
@Entity({ schema: 'platform', name: 'api_keys' })
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id!: string;

  /** Hexadecimal SHA-256 of the key. */
  @Column('text')
  hash!: string;

  /** Whom the key stands for; customers name their owners by it. */
  @Column('text')
  subject!: string;

  @Column('text')
  role!: Role;

  /** What the key is used for, for people. */
  @Column('text')
  label!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;

  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
